// Days in rows of seven. Everything is put in as text, never as markup.
const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
};
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export default {
  render({ model, el }) {
    let wanted = "";
    const chip = (entry) => {
      const node = make("button", "smm-entry-chip");
      node.type = "button";
      node.dataset.id = entry.id;
      node.style.setProperty("--smm-channel", entry.colour);
      node.setAttribute("aria-label", entry.label);
      node.setAttribute("aria-pressed", String(entry.id === model.get("chosen")));
      node.title = entry.label;
      if (entry.done) node.classList.add("smm-entry-done");
      const head = make("span", "smm-entry-head", entry.time);
      if (entry.mark) head.append(make("b", "smm-" + entry.mark, entry.mark === "bad" ? " ■" : " ▲"));
      if (entry.held) head.append(make("b", "smm-warn", " ❚❚"));
      node.append(head, make("span", "smm-entry-channel", entry.channel), make("span", "smm-entry-title", entry.title));
      node.addEventListener("click", () => model.send({ open: entry.id }));
      node.addEventListener("keydown", (event) => {
        const days = STEPS[event.key];
        if (!days) return;
        if (event.altKey) {
          event.preventDefault();
          wanted = entry.id;
          model.send({ move: entry.id, days });
          return;
        }
        const chips = [...el.querySelectorAll(".smm-entry-chip")];
        const at = chips.indexOf(node) + (days > 0 ? 1 : -1);
        if (chips[at]) { event.preventDefault(); chips[at].focus(); }
      });
      return node;
    };
    const cell = (day) => {
      const node = make("div", "smm-day");
      if (!day.inside) node.classList.add("smm-day-outside");
      if (day.today) node.classList.add("smm-day-today");
      if (day.holidays.length) node.classList.add("smm-day-off");
      node.setAttribute("role", "gridcell");
      node.append(make("div", "smm-day-number", day.label));
      for (const name of day.holidays) node.append(make("div", "smm-day-note", name));
      for (const name of day.periods) node.append(make("div", "smm-day-note smm-day-period", name));
      for (const entry of day.entries) node.append(chip(entry));
      return node;
    };
    const draw = () => {
      const active = document.activeElement;
      if (!wanted && active && el.contains(active)) wanted = active.dataset.id || "";
      const grid = make("div", "smm-calendar-grid");
      grid.setAttribute("role", "grid");
      for (const name of model.get("weekdays")) grid.append(make("div", "smm-weekday", name));
      for (const day of model.get("days")) grid.append(cell(day));
      el.replaceChildren(grid);
      if (wanted) {
        [...el.querySelectorAll(".smm-entry-chip")].find((node) => node.dataset.id === wanted)?.focus();
        wanted = "";
      }
    };
    draw();
    model.on("change:days", draw);
    model.on("change:chosen", draw);
    return () => {
      model.off("change:days", draw);
      model.off("change:chosen", draw);
    };
  },
};
