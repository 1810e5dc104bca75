/* The tab Movement: how large the segments were, one day at a time, by a slider that also plays. */
(function () {
  "use strict";
  var STEP_MS = 900;
  var shown = null; // the day that is shown, by its place; none before the first drawing
  var playing = 0;
  var functions = window.dashAgGridFunctions;
  var parts = window.desk.parts;
  var html = parts.html;

  function share(over, day, place) {
    return over.customers[day] ? functions.share(over.sizes[day][place] / over.customers[day]) : "–";
  }

  function row(over, group, place, most) {
    var held = over.sizes[shown][place];
    var fill = html("Span", { style: { width: ((held / most) * 100).toFixed(1) + "%" } });
    return html("Div", { className: "sd-bar-row sd-over" }, [
      parts.badge(group, true),
      html("Span", { className: "sd-track sd-track-open", style: { "--c": group.colour }, "aria-hidden": "true" }, fill),
      html("Span", { className: "sd-num" }, functions.number(held)),
      html("Span", { className: "sd-num sd-muted" }, share(over, shown, place)),
    ]);
  }

  function tableOf(over) {
    var columns = over.days.map(function (day) { return { name: day, style: "sd-num" }; });
    return {
      name: say("Customers of each segment by day"),
      columns: [{ name: say("Segment"), style: "" }].concat(columns),
      rows: over.groups.map(function (group, place) {
        return [group.name].concat(over.sizes.map(function (held) { return functions.number(held[place]); }));
      }),
    };
  }

  function halt(button) {
    window.clearInterval(playing);
    playing = 0;
    button.textContent = say("Play");
  }

  function drawPlayer(place, over) {
    var last = over.days.length - 1;
    var most = Math.max(...over.sizes.flat()) || 1;
    var button = parts.toNode(html("Button", { type: "button", className: "sd-btn sd-btn-sm" }, say("Play")));
    var slider = parts.toNode(html("Input", { type: "range", min: 0, max: last, step: 1, "aria-label": say("Day") }));
    var day = parts.toNode(html("B", {}, ""));
    var bars = parts.toNode(html("Div", { className: "sd-bars" }, ""));

    function show(next) {
      shown = next;
      slider.value = next;
      slider.setAttribute("aria-valuetext", over.days[next]);
      day.textContent = sayCount("{day}, {n} customer", "{day}, {n} customers", over.customers[next], { day: over.days[next] });
      bars.replaceChildren(...over.groups.map(function (group, at) { return parts.toNode(row(over, group, at, most)); }));
    }

    slider.addEventListener("input", function () {
      halt(button);
      show(Number(slider.value));
    });
    button.addEventListener("click", function () {
      if (playing) {
        halt(button);
        return;
      }
      button.textContent = say("Pause");
      show(shown === last ? 0 : shown + 1);
      playing = window.setInterval(function () {
        if (place.isConnected && shown < last) show(shown + 1);
        if (!place.isConnected || shown === last) halt(button);
      }, STEP_MS);
    });
    halt(button);
    show(shown === null ? last : Math.min(shown, last));
    place.replaceChildren(parts.toNode(html("Div", { className: "sd-player" }, "")), bars);
    place.firstChild.append(button, slider, day);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.movementSizes = {
    /* another flow of the same days leaves the player where it is */
    draw: function (view) {
      var place = document.getElementById("movement-sizes-div");
      var table = document.getElementById("movement-sizes-table");
      if (!view || !place || !table) return;
      var written = JSON.stringify(view.over);
      if (place.dataset.drawn === written) return;
      place.dataset.drawn = written;
      drawPlayer(place, view.over);
      window.desk.late(table, tableOf(view.over));
    },
  };
})();
