// What the pages can do more where scripts run: a list of postmortems that is filtered by several things at once.
"use strict";

// The search shows the words around what it finds by reading the pages, which a browser does not allow for files.
if (typeof DOCUMENTATION_OPTIONS !== "undefined")
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== "file:";

// What the search says when it finds nothing speaks of categories, which this one has not.
if (typeof Documentation !== "undefined")
  Documentation.TRANSLATIONS[
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories."
  ] = "No postmortem has all of these words. Try fewer of them, or only how one begins.";

(() => {
  const form = document.getElementById("_filter");
  const list = document.getElementById("_postmortems");
  const count = document.getElementById("_count");
  if (!form || !list) return;
  const rows = [...list.children].map((row) => ({
    row,
    groups: Object.fromEntries(Object.entries(row.dataset).map(([kind, names]) => [kind, names.split(" ")])),
  }));
  const choices = [];
  const told = (number) => number.toLocaleString("en");

  const choose = () => {
    const wanted = choices.filter((choice) => choice.value).map((choice) => [choice.name, choice.value]);
    let shown = 0;
    for (const { row, groups } of rows) {
      row.hidden = !wanted.every(([kind, name]) => (groups[kind] || []).includes(name));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = wanted.length ? `${told(shown)} of ${told(rows.length)} shown` : "";
  };

  for (const group of document.querySelectorAll("details[data-kind]")) {
    const label = document.createElement("label");
    const choice = document.createElement("select");
    label.append(group.dataset.label, choice);
    choice.name = group.dataset.kind;
    choice.add(new Option("any", ""));
    for (const item of group.querySelectorAll("li"))
      choice.add(new Option(item.querySelector("a").textContent, item.dataset.name));
    choice.addEventListener("change", choose);
    choices.push(choice);
    document.getElementById("_choices").append(label);
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  form.hidden = false;
  choose();
})();
