"""Speed against peers: same work, same run, ratios printed side by side."""
