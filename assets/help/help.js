/* The list of words, narrowed to what is typed: all that is left is open; without it the first group is. */
(function () {
  "use strict";

  function narrow(typed) {
    const wanted = typed.trim().toLowerCase();
    let found = 0;
    document.querySelectorAll("#help-words-list .sd-help-group").forEach(function (group) {
      const words = Array.from(group.querySelectorAll(".sd-help-word"));
      words.forEach((word) => { word.hidden = !word.textContent.toLowerCase().includes(wanted); });
      const left = words.filter((word) => !word.hidden).length;
      group.hidden = !left;
      group.open = wanted ? left > 0 : group.matches(":first-child");
      found += left;
    });
    document.getElementById("help-none-text").hidden = found > 0;
  }

  document.addEventListener("input", function (event) {
    if (event.target.id === "help-find-input") narrow(event.target.value);
  });
})();
