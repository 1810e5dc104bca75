/* The tab Movement: a band for each flow between two days, and their table; both lead to a flow's customers. */
(function () {
  "use strict";
  var TALL = 440; // pixels for all customers
  var ROW = 18; // a name needs as much
  var GAP = 5;
  var PARTS = ["from_segment", "to_segment", "cause"];

  var parts = window.desk.parts;
  var html = parts.html;

  function number(value) {
    return window.dashAgGridFunctions.number(value);
  }

  function counted(held, name) {
    return sayCount("{name}: {n} customer", "{name}: {n} customers", held, { name: name });
  }

  /* the address with this flow chosen, or with none where it is chosen already */
  function searchOf(view, flow) {
    var query = new URLSearchParams(window.location.search);
    var same = PARTS.every(function (_name, place) { return view.chosen[place] === flow[place]; });
    PARTS.forEach(function (name, place) {
      if (flow[place] && !same) query.set(name, flow[place]);
      else query.delete(name);
    });
    return "?" + query.toString();
  }

  function chosen(view, flow) {
    return PARTS.every(function (_name, place) { return view.chosen[place] === flow[place]; });
  }

  function idsOf(view, flow) {
    return [view.groups[flow[0]].id, view.groups[flow[1]].id, null];
  }

  function named(view, flow) {
    var from = view.groups[flow[0]].name;
    var to = view.groups[flow[1]].name;
    return from === to ? say("Stayed in {group}", { group: from }) : say("{from} to {to}", { from: from, to: to });
  }

  function told(view, flow) {
    return counted(flow[2], named(view, flow));
  }

  /* ---- the diagram: drawn by hand, since Plotly's flows can be neither focused nor reached by keys ---- */

  /* where each group's customers stand on one side (0: then, 1: now), in the order of the groups */
  function stacked(view, side, scale) {
    var counts = view.groups.map(function () { return 0; });
    view.flows.forEach(function (flow) { counts[flow[side]] += flow[2]; });
    var top = 0;
    return counts.map(function (held) {
      if (!held) return null;
      var height = Math.max(held * scale, 2);
      var slot = Math.max(height, ROW);
      var node = { count: held, top: top + (slot - height) / 2, height: height, middle: top + slot / 2, used: 0 };
      top += slot + GAP;
      node.bottom = top;
      return node;
    });
  }

  function label(view, place, side, node) {
    var group = view.groups[place];
    var flow = side ? [null, group.id, null] : [group.id, null, null];
    return html("Button", {
      type: "button",
      className: "sd-moves-name",
      style: { "--c": group.colour, top: node.middle.toFixed(1) + "px" },
      "data-search": searchOf(view, flow),
      "aria-pressed": String(chosen(view, flow)),
      "aria-label": counted(node.count, say("{group} on {day}", { group: group.name, day: view.days[side] })),
    }, [html("Span", { className: "sd-moves-text" }, group.name), html("B", {}, number(node.count))]);
  }

  function band(view, flow, nodes, scale) {
    var width = Math.max(flow[2] * scale, 0.7);
    var ends = [0, 1].map(function (side) {
      var node = nodes[side][flow[side]];
      var at = node.top + node.used;
      node.used += flow[2] * scale;
      return at;
    });
    var stayed = flow[0] === flow[1];
    var ids = idsOf(view, flow);
    var away = (view.chosen[0] && view.chosen[0] !== ids[0]) || (view.chosen[1] && view.chosen[1] !== ids[1]);
    return html("Path", {
      d: "M0," + ends[0] + "C50," + ends[0] + " 50," + ends[1] + " 100," + ends[1] +
        "v" + width + "C50," + (ends[1] + width) + " 50," + (ends[0] + width) + " 0," + (ends[0] + width) + "z",
      className: "sd-moves-band" + (stayed ? " sd-moves-stayed" : "") + (away ? " sd-moves-away" : ""),
      style: { "--c": view.groups[flow[0]].colour },
      role: "button",
      tabIndex: "-1",
      "aria-label": told(view, flow),
      "aria-pressed": String(chosen(view, ids)),
      "data-search": searchOf(view, ids),
    }, html("Title", {}, told(view, flow)));
  }

  function flowsOf(view) {
    return say("Flows from {earlier} to {later}", { earlier: view.days[0], later: view.days[1] });
  }

  function drawDiagram(view) {
    var place = document.getElementById("movement-diagram-div");
    if (!place) return;
    var scale = TALL / (total(view.flows, 2) || 1);
    var nodes = [stacked(view, 0, scale), stacked(view, 1, scale)];
    var height = 0;
    nodes.forEach(function (side) {
      side.forEach(function (node) { if (node) height = Math.max(height, node.bottom); });
    });
    var held = place.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    var names = nodes.map(function (side, which) {
      return html("Div", { className: "sd-moves-names", style: { height: height + "px" } }, side.map(function (node, group) {
        return node && label(view, group, which, node);
      }));
    });
    // in the order of both sides, so that bands leave a name side by side
    var flows = view.flows.slice().sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    var svg = parts.toNode(html("Svg", {
      viewBox: "0 0 100 " + height, preserveAspectRatio: "none", className: "sd-moves-bands", style: { height: height + "px" },
      role: "group", "aria-label": flowsOf(view),
    }, flows.map(function (flow) { return band(view, flow, nodes, scale); })));
    var days = view.days.map(function (day) { return parts.toNode(html("Span", { className: "sd-moves-day" }, day)); });
    place.replaceChildren(...days, parts.toNode(names[0]), svg, parts.toNode(names[1]));
    var bands = Array.from(svg.children);
    var first = bands.find(function (each) { return each.getAttribute("aria-pressed") === "true"; }) || bands[0];
    if (first) first.setAttribute("tabindex", "0");
    if (held) Array.from(place.querySelectorAll("[aria-label]")).forEach(function (each) {
      if (each.getAttribute("aria-label") === held) each.focus();
    });
  }

  document.addEventListener("keydown", function (event) {
    var here = event.target;
    if (!here.classList || !here.classList.contains("sd-moves-band")) return;
    var step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      var bands = Array.from(here.parentNode.children);
      var next = bands[(bands.indexOf(here) + step + bands.length) % bands.length];
      here.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      window.dash_clientside.set_props("shell-address-location", { search: here.dataset.search });
    } else return;
    event.preventDefault();
  });

  /* ---- the table ---- */

  function count(view, value, flow, name) {
    if (!value) return "–";
    return html("Button", {
      type: "button",
      className: "sd-link",
      "data-search": searchOf(view, flow),
      "aria-pressed": String(chosen(view, flow)),
      "aria-label": counted(value, name),
    }, number(value));
  }

  function columnsOf(view) {
    var causes = view.causes.map(function (cause) { return { name: cause.name, style: "sd-num" }; });
    return [{ name: say("From") }, { name: say("To") }, { name: say("Customers"), style: "sd-num" }].concat(causes);
  }

  function row(view, flow, part) {
    var ids = idsOf(view, flow);
    var name = named(view, flow);
    var cells = [
      parts.badge(view.groups[flow[0]]), parts.badge(view.groups[flow[1]]), count(view, flow[2], ids, name),
    ].concat(view.causes.map(function (cause, place) {
      return part.moved ? count(view, flow[3 + place], [ids[0], ids[1], cause.id], name + ", " + cause.name) : "";
    }));
    return parts.row(columnsOf(view), cells, chosen(view, ids) ? "sd-moves-on" : "");
  }

  function total(flows, place) {
    return flows.reduce(function (sum, flow) { return sum + flow[place]; }, 0);
  }

  /* a heading with its sums, then its flows */
  function body(view, part) {
    var whole = ofTable(view) === view.flows;
    var cells = [
      html("Th", { scope: "colgroup", colSpan: 2 }, part.name),
      html("Td", { className: "sd-num" }, part.moved && whole ? count(view, total(part.flows, 2), [null, null, null], part.name) : number(total(part.flows, 2))),
    ];
    view.causes.forEach(function (cause, place) {
      var sum = total(part.flows, 3 + place);
      cells.push(html("Td", { className: "sd-num" }, part.moved ? (whole ? count(view, sum, [null, null, cause.id], cause.name) : number(sum)) : ""));
    });
    return html("Tbody", {}, [html("Tr", { className: "sd-moves-sum" }, cells)].concat(
      part.flows.map(function (flow) { return row(view, flow, part); }),
    ));
  }

  /* where one end alone is chosen, as an alert does, the table is of its flows; beside a whole flow stand the others */
  function ofTable(view) {
    var one = Boolean(view.chosen[0]) !== Boolean(view.chosen[1]);
    return one ? view.flows.filter(function (flow) {
      var ids = idsOf(view, flow);
      return view.chosen[0] === ids[0] || view.chosen[1] === ids[1];
    }) : view.flows;
  }

  function drawTable(view) {
    var notYet = view.groups.length - 1;
    var flows = ofTable(view);
    var bodies = [
      { name: view.by === "cluster" ? say("Changed cluster") : say("Changed segment"), moved: true, flows: flows.filter(function (f) { return f[0] !== f[1] && f[0] !== notYet; }) },
      { name: view.groups[notYet].name, flows: flows.filter(function (f) { return f[0] === notYet; }) },
      { name: say("Stayed"), flows: flows.filter(function (f) { return f[0] === f[1]; }) },
    ].filter(function (part) { return part.flows.length; });
    var name = flowsOf(view);
    var everybody = html("Tr", { className: "sd-moves-sum" }, [
      html("Th", { scope: "row", colSpan: 2 }, view.from === "release" ? say("All customers, this release") : say("All customers, {day}", { day: view.days[1] })),
      html("Td", { className: "sd-num" }, number(total(view.flows, 2))),
      html("Td", { colSpan: view.causes.length }, ""),
    ]);
    var sections = bodies.map(function (part) { return body(view, part); });
    return parts.framed(name, columnsOf(view), sections.concat(html("Tfoot", {}, everybody)));
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.movement = {
    draw: function (view) {
      if (!view) return window.dash_clientside.no_update;
      drawDiagram(view);
      document.querySelectorAll("#movement-by-div [data-set-filter]").forEach(function (side) {
        side.setAttribute("aria-pressed", String((side.dataset.setFilter === "by=cluster") === (view.by === "cluster")));
      });
      return drawTable(view);
    },

    /* two days chosen by hand go into the address; those that came from it stay */
    choose: function (from, to, view) {
      if (!view || !from || !to || (from === view.from && to === view.to)) return window.dash_clientside.no_update;
      var query = new URLSearchParams(window.location.search);
      query.set("from", from);
      query.set("to", to);
      if (from !== "release") query.delete("by");
      return "?" + query.toString();
    },
  };
})();
