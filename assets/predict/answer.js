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
    if (place === 0) return sayCount("{n} day", "{n} days", value);
    return shown.parts.unit === "lines" ? sayCount("{n} line", "{n} lines", value) : sayCount("{n} order", "{n} orders", value);
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
      var said = { segment: each.segment.name, amount: amount(place, each.last) };
      if (found.length === 1) return say("{segment} everywhere", said);
      return index === found.length - 1 ? say("{segment} above that", said) : say("{segment} up to {amount}", said);
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
      var said = { amount: amount(change[0], change[2]) };
      var fewer = AXES[change[0]] === "monetary" ? say("{amount} or less", said) : say("{amount} or fewer", said);
      return [span("", change[1] === "lower" ? fewer : say("{amount} or more", said)), arrow, segment(change[3]).badge];
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
    var columns = [
      { name: say("Customer") }, { name: say("Segment") }, { name: say("Cluster"), style: "sd-opt" }, { name: say("Days"), style: "sd-num" },
      { name: shown.parts.unit === "lines" ? say("Lines") : say("Orders"), style: "sd-num" }, { name: say("Spend"), style: "sd-num" },
      { name: say("Distance"), style: "sd-num sd-opt" },
    ];
    return make.table(say("The customers nearest to these values"), columns, found.map(function (one) {
      return [
        make.link("/customers?id=" + encodeURIComponent(one[0]), one[0], "sd-strong"),
        segment(one[1]).badge, shown.parts.clusters[one[2]].chip,
        number(one[3], 0), number(one[4], 0), money(one[5]), number(one[6], 2),
      ];
    }));
  }

  function sentence(said) {
    return said.length === 1 ? said[0] : [said[0], html("B", {}, said[1]), said[2]];
  }

  function inside(answer) {
    var sign = make.icon(answer.fine ? "done" : "warning");
    return [span(answer.fine ? "sd-pos" : "sd-warn", sign), span("", answer.inside)];
  }

  /* What each part of the answer shows, by the ids of layouts/predict/ids.py. */
  var PARTS = {
    "segment-span": function (answer) { return segment(answer.segment).large; },
    "score-text": function (answer) { return answer.score; },
    "sentence-text": function (answer) { return sentence(answer.sentence); },
    "cluster-span": function (answer) { return shown.parts.clusters[answer.cluster].chip; },
    "margin-text": function (answer) { return answer.margin; },
    "range-span": inside,
    "changes-finding": function (answer) { return answer.changes_finding; },
    "changes-div": function (answer) { return changes(answer.changes); },
    "distances-finding": function (answer) { return answer.distances_finding; },
    "distances-div": function (answer) { return distances(answer.distances); },
    "people-finding": function (answer) { return answer.people_finding; },
    "people-div": function (answer) { return people(answer.people); },
    "notes-div": function (answer) { return window.deskBorders.notes(answer.notes); },
    "crossing-div": function (answer) {
      return window.deskBorders.crossings(answer.crossings, function (index) { return shown.parts.clusters[index].chip; });
    },
  };

  /* The answer by the names of its outputs; empty where there is none. */
  shown.answer = function (answer) {
    var named = {};
    Object.keys(PARTS).forEach(function (place) {
      named["predict-" + place + ".children"] = answer ? PARTS[place](answer) : "";
    });
    return named;
  };

  shown.tracks = function (found) {
    var named = {};
    AXES.forEach(function (axis, place) {
      named["predict-" + axis + "-track.children"] = found ? track(found[place], place) : [];
    });
    return named;
  };

  /* What the callback that runs returns, from its outputs by name; those without a value stay as they are. */
  shown.outputs = function (values) {
    var known = window.dash_clientside.callback_context.outputs_list.map(function (output) {
      return output.id + "." + output.property.split("@")[0];
    });
    Object.keys(values).forEach(function (name) {
      if (known.indexOf(name) < 0) throw new Error("No output is called " + name);
    });
    return known.map(function (name) {
      return name in values ? values[name] : window.dash_clientside.no_update;
    });
  };
})();
