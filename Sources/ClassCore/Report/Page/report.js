"use strict";
// The table of students, of which only the rows in view exist, and the two dialogs.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const similar = JSON.parse(document.getElementById("pairs").textContent);
  const byId = (id) => document.getElementById(id);
  const count = data.ids.length;
  const rowHeight = 36;
  const mostPrinted = 2000;

  // Texts are only ever set as text: what students wrote is never parsed as markup.
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // Verdicts are letters here; what each is called and how it counts comes with the data.
  const verdictOf = (i, test) => data.kinds[data.verdicts[i][test] || data.absent];
  const points = (hundredths) => (hundredths === null ? "" : String(hundredths / 100));

  // Columns: title, width, alignment, a value to sort by, and the cell's content.
  const columns = [
    { title: "Name", width: "22%", text: (i) => data.names[i] || idOf(i), isHeader: true },
    { title: "Number", width: "14%", text: (i) => data.ids[i] },
    data.sections && { title: "Section", width: "10%", text: (i) => data.sections[i] },
    { title: "Score", width: "9%", number: (i) => data.scores[i] },
    data.totals && { title: "Final", width: "9%", number: (i) => data.totals[i] },
    { title: "State", width: "15%", text: stateText, isLate: true },
    { title: "Time", width: "9%", number: (i) => data.seconds[i] },
    { title: "Tests", width: "21%", strip: true },
  ].filter(Boolean);
  // A button without words is none to a screen reader.
  function idOf(i) {
    return data.ids[i] || "no number";
  }
  function stateText(i) {
    return data.states[data.state[i]] + (data.late[i] ? ", late" : "");
  }

  let order = [...Array(count).keys()];
  let sortedBy = { column: 0, down: false };
  const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const searchable = data.names.map((name, i) => (name + " " + data.ids[i]).toLowerCase());

  // What the table is made of.
  const scroller = byId("scroller");
  const body = element("tbody");
  const head = element("tr");
  const table = element("table", { "aria-rowcount": count + 1, "aria-colcount": columns.length },
    element("caption", { class: "hushed" }, "Students; the headings sort"),
    element("colgroup", {}, ...columns.map((column) => {
      const made = element("col");
      made.style.width = column.width;
      return made;
    })),
    element("thead", {}, head), body);
  columns.forEach((column, index) => {
    const cell = element("th", { scope: "col", class: column.number ? "num" : "" });
    if (column.strip) cell.append(column.title);
    else {
      const button = element("button", { type: "button" }, column.title);
      button.addEventListener("click", () => sortBy(index));
      cell.append(button);
    }
    head.append(cell);
  });
  head.setAttribute("aria-rowindex", 1);
  scroller.append(table);

  function sortBy(index) {
    const column = columns[index];
    const down = sortedBy.column === index ? !sortedBy.down : Boolean(column.number);
    sortedBy = { column: index, down };
    arrange();
  }

  function compare(left, right) {
    const column = columns[sortedBy.column];
    const sign = sortedBy.down ? -1 : 1;
    if (column.number) {
      const [a, b] = [column.number(left), column.number(right)];
      // Who has no number comes last either way.
      if (a === null || b === null) return (a === null) - (b === null) || left - right;
      return sign * (a - b) || left - right;
    }
    return sign * names.compare(column.text(left), column.text(right)) || left - right;
  }

  function arrange() {
    const wanted = byId("find").value.trim().toLowerCase();
    const state = byId("state").value;
    const lost = byId("lost").value;
    order = [];
    for (let i = 0; i < count; i++) {
      if (wanted && !searchable[i].includes(wanted)) continue;
      if (state !== "" && data.state[i] !== Number(state)) continue;
      if (lost !== "" && !lostOn(i, Number(lost))) continue;
      order.push(i);
    }
    order.sort(compare);
    [...head.children].forEach((cell, index) => {
      if (columns[index].strip) return;
      const isSorted = sortedBy.column === index;
      cell.setAttribute("aria-sort", isSorted ? (sortedBy.down ? "descending" : "ascending") : "none");
      cell.firstChild.textContent = columns[index].title + (isSorted ? (sortedBy.down ? " ▼" : " ▲") : "");
    });
    table.setAttribute("aria-rowcount", order.length + 1);
    byId("shown").textContent = `${order.length} of ${count} students`;
    scroller.scrollTop = 0;
    draw(true);
  }

  function lostOn(i, test) {
    return verdictOf(i, test).isLost;
  }

  // Rows in view and some around them; two empty rows stand for all others.
  let drawn = "";
  function draw(isForced = false, from = 0, to = -1) {
    if (to < 0) {
      const first = Math.floor(scroller.scrollTop / rowHeight);
      from = Math.max(0, first - 15);
      to = Math.min(order.length, first + Math.ceil(scroller.clientHeight / rowHeight) + 15);
    }
    if (!isForced && drawn === `${from}-${to}`) return;
    drawn = `${from}-${to}`;
    const focused = document.activeElement?.dataset?.row;
    body.replaceChildren(gap(from), ...order.slice(from, to).map((i, k) => row(i, from + k + 2)),
      gap(order.length - to));
    if (focused) body.querySelector(`button[data-row="${focused}"]`)?.focus({ preventScroll: true });
  }

  function gap(rows) {
    const made = element("tr", { class: "gap", "aria-hidden": "true" },
      element("td", { colspan: columns.length }));
    made.style.height = `${rows * rowHeight}px`;
    if (rows === 0) made.hidden = true;
    return made;
  }

  function row(i, place) {
    const made = element("tr", { "aria-rowindex": place });
    for (const column of columns) made.append(cell(column, i));
    return made;
  }

  function cell(column, i) {
    if (column.strip) return element("td", {}, strip(i));
    if (column.isHeader) {
      const button = element("button", { type: "button", class: "who", "data-row": i }, column.text(i));
      return element("th", { scope: "row" }, button);
    }
    if (column.number) {
      const value = column.number(i);
      return element("td", { class: "num" }, value === null ? "–" : points(value) + (column.title === "Time" ? " s" : ""));
    }
    const made = element("td", column.isLate && data.late[i] ? { class: "late" } : {});
    made.append(column.title === "Number" ? element("span", { class: "who" }, column.text(i)) : column.text(i));
    return made;
  }

  function strip(i) {
    const verdicts = [...data.verdicts[i]].map((letter) => data.kinds[letter]);
    const passed = verdicts.filter((verdict) => verdict.isFull).length;
    const judged = verdicts.filter((verdict) => verdict.isJudged).length;
    const made = element("div", { class: "strip", role: "img", "aria-label": `${passed} of ${judged} tests passed` });
    for (const verdict of verdicts) made.append(element("i", { class: verdict.group }));
    return verdicts.length ? made : "";
  }

  // Dialogs.
  const dialog = byId("details");
  function show(title, ...content) {
    const close = element("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(element("h2", { id: "details-title" }, title), close, ...content);
    dialog.showModal();
  }

  function showStudent(i) {
    const rows = data.tests.map((test, k) => {
      const verdict = verdictOf(i, k);
      const got = verdict.isFull ? test.max : (data.partial[i] || {})[k] || 0;
      return element("tr", {}, element("th", { scope: "row" }, test.title),
        element("td", {}, verdict.word),
        element("td", { class: "num" }, `${verdict.isJudged ? points(got) : "–"} / ${points(test.max)}`));
    });
    const facts = [stateText(i)];
    if (data.scores[i] !== null) facts.push(`${points(data.scores[i])} points`);
    if (data.totals && data.totals[i] !== null) facts.push(`final ${points(data.totals[i])}`);
    if (data.notes[i]) facts.push(data.notes[i]);
    const list = element("table", {}, element("tbody", {}, ...rows));
    show(nameOf(i), element("p", {}, facts.join(" · ")), data.verdicts[i] ? list : "");
  }

  function nameOf(i) {
    if (document.body.classList.contains("anonymous")) return "Name hidden";
    return data.names[i] ? `${data.names[i]} (${data.ids[i]})` : idOf(i);
  }

  function showPair(index) {
    const pair = similar.pairs[index];
    const parts = pair.files.flatMap((file) => [element("div", { class: "sides" },
      side(pair.a, file.a, file.passages.map((p) => [p[0], p[1]])),
      side(pair.b, file.b, file.passages.map((p) => [p[2], p[3]])))]);
    show("Side by side", element("p", {}, "Marked lines are alike once names and figures are left out."), ...parts);
    for (const code of dialog.querySelectorAll(".code")) {
      const first = code.querySelector(".same");
      if (first) code.scrollTop = Math.max(0, first.offsetTop - code.offsetTop - 40);
    }
  }

  function side(submission, path, ranges) {
    const lines = (similar.sources[submission]?.[path] ?? "").split("\n");
    const code = element("div", { class: "code", tabindex: "0", role: "group", "aria-label": `${nameOf(submission)}: ${path}` });
    lines.forEach((line, k) => {
      const isSame = ranges.some(([from, to]) => from <= k + 1 && k + 1 <= to);
      code.append(element("div", isSame ? { "data-n": k + 1, class: "same" } : { "data-n": k + 1 }, line || " "));
    });
    return element("div", {}, element("h3", {}, `${nameOf(submission)}: ${path}`), code);
  }

  // Wiring.
  data.states.forEach((words, k) => {
    const rows = data.state.filter((state) => state === k).length;
    if (rows) byId("state").append(element("option", { value: k }, `${words} (${rows})`));
  });
  data.tests.forEach((test, k) => byId("lost").append(element("option", { value: k }, test.title)));
  byId("find").addEventListener("input", arrange);
  byId("state").addEventListener("change", arrange);
  byId("lost").addEventListener("change", arrange);
  byId("find").form.addEventListener("submit", (event) => event.preventDefault());
  byId("anonymous").addEventListener("change", (event) => {
    document.body.classList.toggle("anonymous", event.target.checked);
  });
  scroller.addEventListener("scroll", () => requestAnimationFrame(() => draw()), { passive: true });
  window.addEventListener("resize", () => draw());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.row) showStudent(Number(button.dataset.row));
    if (button?.dataset.pair) showPair(Number(button.dataset.pair));
  });
  window.addEventListener("beforeprint", () => {
    const cut = byId("cut");
    cut.hidden = order.length <= mostPrinted;
    cut.textContent = `The first ${mostPrinted} of ${order.length} rows.`;
    const shown = Math.min(order.length, mostPrinted);
    body.replaceChildren(...order.slice(0, shown).map((i, k) => row(i, k + 2)));
    drawn = "";
  });
  window.addEventListener("afterprint", () => draw(true));
  arrange();
  document.documentElement.dataset.ready = "yes";
})();
