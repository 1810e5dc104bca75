/* The tab Segments: map, bars and tables, built from the view's numbers. Written as components by the server they
   would take longer than all the counting; here only their numbers travel. */
(function () {
  "use strict";
  var functions = window.dashAgGridFunctions;
  var PALEST = 10;
  var DEEPEST = 44;
  var FAINT = 0.35; // of the tint of cells that no filter has taken, where one is set

  var write = {
    text: String,
    pressed: function (made) { return made; },
    number: functions.number,
    one: function (value) { return functions.number(value, 1); },
    half: function (value) { return functions.number(value, value % 1 ? 1 : 0); },
    share: function (value) { return functions.share(value, 1); },
    money: functions.moneySum,
    change: function (value) { return value > 0 ? "+" + functions.number(value) : functions.number(value); },
  };

  var parts = window.desk.parts;
  var html = parts.html;

  /* pressed while the address asks for it */
  function pressing(kind, filter, label) {
    var props = { type: "button", className: "sd-plain", "aria-pressed": String(window.desk.isSet(filter)) };
    props["data-toggle-" + kind] = filter;
    return html("Button", props, label);
  }

  function filtering(group, by) {
    return pressing("filter", by + "=" + group.id, parts.badge(group));
  }

  /* a cell whose customers are of several segments: each has its part of the width */
  function stripes(frame, mixed, tint) {
    var all = mixed.reduce(function (sum, each) { return sum + each[1]; }, 0);
    var end = 0;
    return "linear-gradient(90deg, " + mixed.map(function (each) {
      var start = end;
      end += (each[1] / all) * 100;
      var colour = "color-mix(in srgb, " + frame.groups.segment[each[0]].colour + " " + tint + ", var(--sd-surface))";
      return colour + " " + start.toFixed(1) + "% " + end.toFixed(1) + "%";
    }).join(", ") + ")";
  }

  function partsOf(frame, mixed) {
    return mixed.map(function (each) { return frame.groups.segment[each[0]].name + " " + functions.number(each[1]); }).join(", ");
  }

  function cell(frame, view, place, most, named) {
    var at = frame.map.cells[place];
    var count = view.cells[at[3]][0];
    var money = functions.moneyShort(view.cells[at[3]][1]);
    var mixed = view.cells[at[3]][2] || [];
    var segment = at[2] < 0 ? null : frame.groups.segment[mixed.length ? mixed[0][0] : at[2]];
    var key = at[0] + "-" + at[1];
    var pressed = view.chosen_cells.indexOf(key) >= 0;
    var inside = [html("B", {}, functions.number(count)), html("Small", {}, money)];
    var tint = Math.round(((DEEPEST - PALEST) * count) / most);
    var ofSegment = !view.chosen_cells.length && segment && view.chosen.indexOf(segment.id) >= 0;
    var taken = pressed || ofSegment;
    var faint = !taken && (view.chosen.length || view.chosen_cells.length) ? FAINT : 1;
    var deep = "calc((" + PALEST + "% + " + tint + "% * var(--sd-map)) * " + faint + ")";
    var props = { className: "sd-map-cell", style: { "--c": segment ? segment.colour : "var(--sd-bar)", "--k": deep } };
    /* one in which nobody ever is */
    if (!segment && !count && !pressed) return html("Div", props, inside);
    if (mixed.length) {
      props.style["--c"] = "var(--sd-bar)";
      props.style.background = stripes(frame, mixed, props.style["--k"]);
      props.title = partsOf(frame, mixed);
    } else if (segment && !named[segment.id]) {
      inside.unshift(html("Span", { className: "sd-map-name" }, segment.name));
      named[segment.id] = true;
    }
    if (taken) props.className += " sd-map-on";
    props.type = "button";
    props["aria-pressed"] = String(pressed);
    props["data-toggle-filter"] = "map_cell=" + key;
    var group = mixed.length ? partsOf(frame, mixed) : segment ? segment.name : say("No segment");
    var told = { group: group, recency: at[0], up: at[1], money: money };
    props["aria-label"] = frame.map.up === "buying"
      ? sayCount("{group}: recency {recency}, buying {up}: {n} customer, {money}", "{group}: recency {recency}, buying {up}: {n} customers, {money}", count, told)
      : sayCount("{group}: recency {recency}, frequency {up}: {n} customer, {money}", "{group}: recency {recency}, frequency {up}: {n} customers, {money}", count, told);
    return html("Button", props, inside);
  }

  /* rows from the best column score down, columns from the longest ago to the latest */
  function drawMap(frame, view) {
    var most = Math.max.apply(null, view.cells.map(function (each) { return each[0]; })) || 1;
    var ups = frame.map.ups;
    var named = {};
    var cells = [];
    ups.forEach(function (up, row) {
      var edge = row === 0 ? say("most") : row === ups.length - 1 ? say("least") : "";
      cells.push(html("Div", { className: "sd-map-y" }, [html("B", {}, String(up)), html("Span", {}, edge)]));
      frame.map.across.forEach(function (across, column) {
        cells.push(cell(frame, view, row * ups.length + column, most, named));
      });
    });
    cells.push(html("Div", {}));
    frame.map.across.forEach(function (across, column) {
      cells.push(html("Div", { className: "sd-map-x" }, [html("B", {}, String(across)), html("Span", {}, frame.map.days[column])]));
    });
    return html("Div", {
      className: "sd-map" + (view.chosen.length || view.chosen_cells.length ? " sd-map-filtered" : ""),
      style: { "--n": ups.length },
      role: "group",
      "aria-label": frame.map.up === "buying" ? say("Customers by recency score and buying score") : say("Customers by recency score and frequency score"),
    }, cells);
  }

  function track(share, colour, faint) {
    var fill = { width: (Math.min(Math.max(share, 0), 1) * 100).toFixed(1) + "%" };
    if (faint) fill.opacity = 0.55;
    return html("Span", { className: "sd-track sd-track-open", style: { "--c": colour }, "aria-hidden": "true" }, html("Span", { style: fill }));
  }

  function figure(text) {
    return html("Span", { className: "sd-num" }, text);
  }

  function largest(view, name) {
    return Math.max.apply(null, view.groups.map(function (each) { return each[name]; })) || 1;
  }

  function kindOf(view) {
    return view.by === "segment" ? say("Segment") : say("Cluster");
  }

  function drawSizes(frame, view) {
    var groups = frame.groups[view.by];
    var most = largest(view, "customers");
    var richest = largest(view, "revenue");
    var order = groups.map(function (_group, place) { return place; });
    order.sort(function (a, b) { return view.groups[b].revenue - view.groups[a].revenue; });
    var head = [kindOf(view), say("Customers"), "", say("Revenue"), ""];
    var rows = [html("Div", { className: "sd-bar-row sd-bar-head sd-sizes" }, head.map(function (each) { return html("Span", {}, each); }))];
    order.forEach(function (place) {
      var of = view.groups[place];
      var colour = groups[place].colour;
      rows.push(html("Div", { className: "sd-bar-row sd-sizes", "data-toggle-filter": view.by + "=" + groups[place].id }, [
        html("Span", {}, filtering(groups[place], view.by)),
        track(of.customers / most, colour, true),
        figure(functions.number(of.customers)),
        track(of.revenue / richest, colour, false),
        figure(functions.moneyShort(of.revenue)),
      ]));
    });
    return html("Div", { className: "sd-bars" }, rows);
  }

  /* what to do with a group, and what it buys together */
  function leads(group, by) {
    var query = "?" + by + "=" + encodeURIComponent(group.id);
    return [
      parts.link("/playbooks" + query, group.playbook || say("Open the plan")),
      parts.link("/baskets" + query, [html("Span", { "aria-hidden": "true" }, say("Rules")), parts.unseen(say("Rules of {group}", { group: group.name }))]),
    ];
  }

  /* whose dots have which colour: within a picture not every name finds a place */
  function legend(frame, view) {
    return html("Div", { className: "sd-legend" }, frame.groups[view.by].filter(function (_group, place) {
      return view.groups[place].customers;
    }).map(function (group) { return parts.badge(group); }));
  }

  function drawGroups(frame, view) {
    var segments = view.by === "segment";
    var measures = [
      { name: say("Customers"), at: "customers", kind: "number" }, { name: say("Share"), at: "customers", kind: "share", of: view.customers },
      { name: say("Change"), at: "change", kind: "change" },
      { name: say("Recency, days"), at: "recency", kind: "number" }, { name: frame.frequency, at: "frequency", kind: "one" },
      { name: say("Spend"), at: "monetary", kind: "money" }, { name: say("Revenue share"), at: "revenue", kind: "share", of: view.revenue },
      { name: say("Expected in 90 days"), at: "expected", kind: "money" },
    ].filter(function (measure) {
      if (measure.at === "expected") return view.groups.some(function (each) { return each.expected !== null; });
      return measure.kind !== "change" || (segments && frame.compared);
    });
    var columns = [{ name: kindOf(view) }].concat(
      measures.map(function (measure) { return { name: measure.name, style: "sd-num" }; }),
      [say("Playbook"), say("Bought together")].map(function (name) { return { name: name, style: "sd-opt" }; }),
    );
    return parts.table(say("Groups with their means"), columns, frame.groups[view.by].map(function (group, place) {
      var sent = Object.assign({}, view.groups[place], view.groups[place].means);
      var cells = measures.map(function (measure) {
        var value = sent[measure.at];
        return value === null ? "–" : write[measure.kind](measure.of ? value / measure.of : value);
      });
      return [filtering(group, view.by)].concat(cells, leads(group, view.by));
    }));
  }

  function isText(column) {
    return column[1] === "text" || column[1] === "pressed";
  }

  /* columns are [heading, how it is written]; all but text stand right */
  function listed(name, columns, rows) {
    return {
      name: name,
      columns: columns.map(function (column) { return { name: column[0], style: isText(column) ? "" : "sd-num" }; }),
      rows: rows.map(function (row) {
        return row.map(function (value, place) { return value === null ? "–" : write[columns[place][1]](value); });
      }),
    };
  }

  function textTables(frame, view) {
    var groups = frame.groups[view.by];
    var name = kindOf(view);
    var held = groups.map(function (group, place) { return Object.assign({ name: filtering(group, view.by) }, view.groups[place]); })
      .filter(function (each) { return each.customers; });
    var medians = listed(
      say("Groups at the median"),
      [[name, "pressed"], [say("Customers"), "number"], [say("Recency, days"), "half"], [frame.frequency, "half"], [say("Spend"), "money"]],
      held.map(function (each) {
        return [each.name, each.customers, each.medians.recency, each.medians.frequency, each.medians.monetary];
      }),
    );
    var ranked = held.slice().sort(function (a, b) { return b.revenue - a.revenue; });
    var made = {
      rf: medians, rm: medians, fm: medians,
      sizes: listed(say("Size against revenue"), [[name, "pressed"], [say("Customers"), "number"], [say("Revenue"), "money"]],
        ranked.map(function (each) { return [each.name, each.customers, each.revenue]; })),
      treemap: listed(say("Revenue by group"), [[name, "pressed"], [say("Revenue"), "money"], [say("Share"), "share"]],
        ranked.map(function (each) { return [each.name, each.revenue, view.revenue ? each.revenue / view.revenue : 0]; })),
    };
    Object.keys(frame.bars).forEach(function (axis) {
      var bars = frame.bars[axis];
      made[axis] = listed(say("Distribution: {measure}", { measure: bars.head }), [[bars.head, "pressed"], [say("Customers"), "number"], [say("Share"), "share"]],
        bars.labels.map(function (label, place) { return [bars.filters[place] ? pressing("range", bars.filters[place], label) : label, view.bars[axis][place], view.bars[axis][place] / view.customers]; }));
    });
    if (frame.map) {
      made.map = listed(say("The map’s cells"),
        [[say("Recency score"), "text"], [frame.map.column, "number"], [say("Segment"), "text"], [say("Customers"), "number"], [say("Revenue"), "money"]],
        frame.map.cells.map(function (at) {
          var inside = view.cells[at[3]];
          var alone = at[2] < 0 ? "–" : frame.groups.segment[at[2]].name;
          return [at[0], at[1], inside[2] && inside[2].length ? partsOf(frame, inside[2]) : alone, inside[0], inside[1]];
        }));
    }
    return made;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.segments = {
    draw: function (view, frame) {
      var same = window.dash_clientside.no_update;
      if (!view || !frame) return [same, same, same, same, same, same, same];
      var named = legend(frame, view);
      var tables = textTables(frame, view);
      Object.keys(tables).forEach(function (name) {
        var place = document.getElementById("segments-" + name + "-table");
        if (place) window.desk.late(place, tables[name]);
      });
      return [frame.map ? drawMap(frame, view) : same, drawSizes(frame, view), drawGroups(frame, view), named, named, named, true];
    },

    /* both offers of the file are the same, and what is left out of it stands beside each */
    repeat: function (address, leftOut) {
      return [address, leftOut];
    },

    /* the list's order belongs to the address too, but nothing on the page waits for it */
    keepSort: function (asked) {
      var model = asked && asked.sortModel && asked.sortModel[0];
      if (asked) {
        var address = new URL(window.location.href);
        var sort = model ? model.colId + ":" + model.sort : "";
        if (sort && sort !== "monetary:desc") address.searchParams.set("sort", sort);
        else address.searchParams.delete("sort");
        if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
      }
      return window.dash_clientside.no_update;
    },
  };
})();
