/* The tab Predict: builds the tracks and the answer from the numbers and words that the server sends. */
(function () {
  "use strict";
  var AXES = ["recency", "frequency", "monetary"];
  var make = window.desk.parts;
  var html = make.html;
  var NAMED_FROM = 0.1; // share of a track from which a part carries its name
  var shown = (window.deskPredict = { POSITIONS: 1000, AXES: AXES, parts: null, data: null });

  function span(className, children, more) {
    return html("Span", Object.assign({ className: className }, more), children);
  }

  function number(value, decimals) {
    return window.dashAgGridFunctions.number(value, decimals);
  }

  function money(value) {
    return window.dashAgGridFunctions.money(value);
  }

  function segment(index) {
    return index < 0 ? shown.parts.segments[shown.parts.segments.length - 1] : shown.parts.segments[index];
  }

  /* Where a value stands on its slider, 0 to 1, by logarithm; the ends take what lies beyond. */
  shown.share = function (place, value) {
    var low = Math.log1p(shown.parts.ends[place][0]), high = Math.log1p(shown.parts.ends[place][1]);
    return Math.min(Math.max((Math.log1p(value) - low) / (high - low || 1), 0), 1);
  };

  function amount(place, value) {
    if (AXES[place] === "monetary") return money(value);
    var unit = place === 0 ? "days" : shown.parts.unit;
    return number(value, 0) + " " + (value === 1 ? unit.replace(/s$/, "") : unit);
  }

  function stretches(parts, place) {
    var begin = 0;
    return parts.map(function (part, index) {
      var next = parts[index + 1];
      var end = next ? shown.share(place, (part[1] + next[0]) / 2) : 1;
      var width = end - begin;
      begin = end;
      return { last: part[1], segment: segment(part[2]), width: width };
    }).filter(function (stretch) { return stretch.width > 0; });
  }

  function track(parts, place) {
    var found = stretches(parts, place);
    var colours = found.map(function (each) {
      return span("sd-predict-part", null, { title: each.segment.name, style: { flexGrow: each.width, "--c": each.segment.colour } });
    });
    var names = found.map(function (each) {
      return span("", each.width > NAMED_FROM ? span("", each.segment.name) : null, { style: { flexGrow: each.width } });
    });
    var spoken = found.map(function (each, index) {
      if (found.length === 1) return each.segment.name + " all along";
      return each.segment.name + (index === found.length - 1 ? " from there on" : " up to " + amount(place, each.last));
    });
    return [
      html("Div", { className: "sd-predict-parts", "aria-hidden": "true" }, colours),
      html("Div", { className: "sd-predict-names", "aria-hidden": "true" }, names),
      make.unseen(spoken.join(", ") + "."),
    ];
  }

  function rows(cells, columns) {
    var style = { gridTemplateColumns: columns };
    return html("Div", { className: "sd-bars" }, cells.map(function (row) {
      return html("Div", { className: "sd-bar-row", style: style }, row);
    }));
  }

  function changes(found) {
    if (!found.length) return null;
    return rows(found.map(function (change) {
      var arrow = span("sd-muted", make.icon("arrow"));
      var fewer = AXES[change[0]] === "monetary" ? "less" : "fewer";
      var said = amount(change[0], change[2]) + " or " + (change[1] === "lower" ? fewer : "more");
      return [span("", said), arrow, segment(change[3]).badge];
    }), "minmax(0, 1fr) 14px minmax(0, 1fr)");
  }

  function distances(ranked) {
    var longest = ranked[ranked.length - 1][1] || 1;
    return rows(ranked.map(function (pair) {
      var cluster = shown.parts.clusters[pair[0]];
      var fill = span("", null, { style: { width: (pair[1] / longest) * 100 + "%" } });
      var bar = span("sd-track", fill, { style: { "--c": cluster.colour }, "aria-hidden": "true" });
      return [cluster.chip, bar, span("sd-num", number(pair[1], 2))];
    }), "minmax(0, 1.9fr) minmax(40px, 1fr) 40px");
  }

  function people(found) {
    var unit = shown.parts.unit;
    var columns = [
      { name: "Customer" }, { name: "Segment" }, { name: "Cluster", style: "sd-opt" }, { name: "Days", style: "sd-num" },
      { name: unit.charAt(0).toUpperCase() + unit.slice(1), style: "sd-num" }, { name: "Spend", style: "sd-num" },
      { name: "Distance", style: "sd-num sd-opt" },
    ];
    return make.table("The customers nearest to these values", columns, found.map(function (one) {
      return [
        make.link("/customers?id=" + encodeURIComponent(one[0]), one[0], "sd-strong"),
        segment(one[1]).badge, shown.parts.clusters[one[2]].chip,
        number(one[3], 0), number(one[4], 0), money(one[5]), number(one[6], 2),
      ];
    }));
  }

  function sentence(said) {
    return said.length === 1 ? said[0] : [said[0], html("B", {}, said[1]), "."];
  }

  function inside(answer) {
    var sign = make.icon(answer.fine ? "done" : "warning");
    return [span(answer.fine ? "sd-pos" : "sd-warn", sign), span("", answer.inside)];
  }

  /* The answer's elements in the order of callbacks/predict/wiring.py; empty where there is no answer. */
  shown.answer = function (answer) {
    if (!answer) return Array(14).fill("");
    return [
      segment(answer.segment).large, answer.score, sentence(answer.sentence),
      shown.parts.clusters[answer.cluster].chip, answer.margin, inside(answer),
      answer.changes_finding, changes(answer.changes),
      answer.distances_finding, distances(answer.distances),
      answer.people_finding, people(answer.people),
      window.deskBorders.notes(answer.notes),
      window.deskBorders.crossings(answer.crossings, function (index) { return shown.parts.clusters[index].chip; }),
    ];
  };

  shown.tracks = function (found) {
    return AXES.map(function (_axis, place) { return found ? track(found[place], place) : []; });
  };
})();
