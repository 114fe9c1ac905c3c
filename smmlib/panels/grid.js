// A grid of cells to type into. Everything is put in as text, never as markup.
const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
};
const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();

// Cells of a table as spreadsheets put it on the clipboard: tabs, line breaks, quotes around cells that hold them.
const readTable = (text) => {
  const rows = [[]];
  let cell = "", quoted = false;
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < clean.length; i++) {
    const sign = clean[i];
    if (quoted) {
      if (sign === '"' && clean[i + 1] === '"') { cell += '"'; i++; }
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
    else cell += sign;
  }
  rows.at(-1).push(cell);
  return rows;
};

export default {
  render({ model, el }) {
    const frame = make("div", "smm-sheet-frame");
    const table = make("table", "smm-sheet"), head = make("thead"), body = make("tbody");
    const add = make("button", "jupyter-button smm-small smm-sheet-add");
    const hint = make("span", "smm-note");
    const foot = make("div", "smm-sheet-foot");
    table.append(head, body);
    frame.append(table);
    add.type = "button";
    foot.append(add, hint);
    el.append(frame, foot);
    let rows = [], lines = [];

    const columns = () => model.get("columns");
    const typed = () => columns().filter((column) => column.kind !== "shown");

    const control = (column, value, at) => {
      let field;
      if (column.kind === "choice") {
        field = make("select");
        for (const [key, label] of column.options) field.append(new Option(label, key));
        choose(field, value);
      } else {
        field = make("input");
        field.type = "text";
        field.autocomplete = "off";
        field.value = value;
        field.placeholder = at === 0 || !value ? column.hint || "" : "";
        field.readOnly = column.kind === "shown";
        if (column.kind === "shown") field.tabIndex = -1;
        if (["amount", "shown"].includes(column.kind)) field.classList.add("smm-num");
      }
      field.setAttribute("aria-label", `${column.label}, ${at + 1}`);
      return field;
    };
    const choose = (field, value) => {
      const found = [...field.options].find((option) => option.value === value);
      if (!found) field.append(new Option(value, value));
      field.value = value;
    };
    const collect = () => rows.map((row, at) => ({
      id: row.id,
      cells: Object.fromEntries(typed().map((c) => [c.field, lines[at].fields[c.field].value])),
    }));
    const commit = (next) => {
      rows = next;
      model.set("rows", next);
      model.save_changes();
      draw();
    };
    const blank = () => ({ id: "", cells: Object.fromEntries(typed().map((c) => [c.field, c.fresh || ""])) });
    const focus = (at, field) => lines[at]?.fields[field]?.focus();

    const line = (row, at) => {
      const tr = make("tr"), fields = {};
      for (const column of columns()) {
        const td = make("td"), field = control(column, row.cells[column.field] || "", at);
        td.style.minWidth = column.width + "px";
        field.addEventListener("change", () => commit(collect()));
        field.addEventListener("paste", (event) => paste(event, at, column.field));
        field.addEventListener("keydown", (event) => key(event, at, column));
        fields[column.field] = field;
        td.append(field);
        tr.append(td);
      }
      if (!model.get("fixed")) {
        const td = make("td"), drop = make("button", "smm-sheet-drop", "×");
        drop.type = "button";
        drop.title = model.get("words").remove;
        drop.setAttribute("aria-label", `${model.get("words").remove}, ${at + 1}`);
        drop.addEventListener("click", () => commit(collect().filter((_, i) => i !== lines.findIndex((l) => l.tr === tr))));
        td.append(drop);
        tr.append(td);
      }
      return { tr, fields };
    };
    const key = (event, at, column) => {
      const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
      const step = steps[event.key];
      if (!step || event.isComposing || (column.kind === "choice" && event.key !== "Enter")) return;
      event.preventDefault();
      if (at + step < 0) return;
      if (at + step >= rows.length) {
        if (event.key !== "Enter" || model.get("fixed")) return;
        commit([...collect(), blank()]);
        focus(at + 1, typed()[0].field);
        return;
      }
      focus(at + step, column.field);
    };
    const paste = (event, at, from) => {
      const text = event.clipboardData?.getData("text/plain") || "";
      if (!/[\t\n\r]/.test(text.trim())) return;
      event.preventDefault();
      let cells = readTable(text);
      const known = typed();
      const named = cells[0].map((cell) => known.find((c) => same(c.label, cell) || same(c.field, cell)));
      const headed = cells.length > 1 && named.filter(Boolean).length >= Math.max(2, cells[0].length / 2);
      const start = known.findIndex((c) => c.field === from);
      const targets = headed ? named : known.slice(start);
      if (headed) cells = cells.slice(1);
      const next = collect();
      cells.forEach((row, i) => {
        if (at + i >= next.length) {
          if (model.get("fixed")) return;
          next.push(blank());
        }
        row.forEach((cell, j) => {
          const column = targets[j];
          if (!column) return;
          const option = column.kind === "choice" && column.options.find(([k, l]) => same(k, cell) || same(l, cell));
          next[at + i].cells[column.field] = option ? option[0] : cell.trim();
        });
      });
      commit(next);
      focus(at, from);
    };

    let shape = "";
    const draw = () => {
      const now = JSON.stringify([columns(), rows.length, model.get("fixed")]);
      if (now !== shape) build(now);
      const active = document.activeElement;
      rows.forEach((row, at) => {
        for (const column of columns()) {
          const field = lines[at].fields[column.field], value = row.cells[column.field] || "";
          if (field === active && document.hasFocus() && field.dataset.sent !== value && column.kind !== "choice"
              && field.value !== field.dataset.sent) continue;
          if (column.kind === "choice") choose(field, value);
          else if (field.value !== value) field.value = value;
          field.dataset.sent = value;
        }
      });
      mark();
    };
    const build = (now) => {
      const active = lines.flatMap((l, at) => Object.entries(l.fields).map(([name, field]) => [at, name, field]))
        .find(([, , field]) => field === document.activeElement);
      shape = now;
      const top = make("tr");
      for (const column of columns()) {
        const th = make("th", ["amount", "shown"].includes(column.kind) ? "smm-num" : "", column.label);
        th.scope = "col";
        if (column.help) th.title = column.help;
        top.append(th);
      }
      if (!model.get("fixed")) top.append(make("th"));
      head.replaceChildren(top);
      lines = rows.map(line);
      body.replaceChildren(...lines.map((l) => l.tr));
      add.textContent = model.get("words").add;
      hint.textContent = model.get("words").hint;
      add.hidden = model.get("fixed");
      if (active) focus(Math.min(active[0], rows.length - 1), active[1]);
    };
    const mark = () => {
      body.querySelectorAll(".smm-sheet-note").forEach((note) => note.remove());
      for (const { tr, fields } of lines) {
        tr.classList.remove("smm-sheet-wrong");
        for (const field of Object.values(fields)) field.removeAttribute("aria-invalid");
      }
      for (const problem of model.get("problems")) {
        const at = lines[problem.row];
        if (!at) continue;
        if (problem.field && at.fields[problem.field]) at.fields[problem.field].setAttribute("aria-invalid", "true");
        at.tr.classList.add("smm-sheet-wrong");
        const note = make("tr", "smm-sheet-note"), td = make("td", "smm-" + problem.look, problem.text);
        td.colSpan = columns().length + 1;
        td.setAttribute("role", problem.look === "bad" ? "alert" : "status");
        note.append(td);
        at.tr.after(note);
      }
    };
    add.addEventListener("click", () => {
      commit([...collect(), blank()]);
      focus(rows.length - 1, typed()[0].field);
    });
    const fromKernel = () => { rows = model.get("rows"); draw(); };
    fromKernel();
    model.on("change:rows", fromKernel);
    model.on("change:columns", fromKernel);
    model.on("change:fixed", fromKernel);
    model.on("change:problems", mark);
    return () => {
      model.off("change:rows", fromKernel);
      model.off("change:columns", fromKernel);
      model.off("change:fixed", fromKernel);
      model.off("change:problems", mark);
    };
  },
};
