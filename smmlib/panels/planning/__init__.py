"""Plan and control: the plan editor, bookings and figures, the control board."""
