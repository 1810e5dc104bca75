/* The tab Movement: a band for each flow between two days, and their table; both lead to a flow's customers. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var TALL = 440; // pixels for all customers
  var ROW = 18; // a name needs as much
  var GAP = 5;
  var PARTS = ["from_segment", "to_segment", "cause"];

  function html(type, props, children) {
    return { namespace: "dash_html_components", type: type, props: Object.assign({ children: children }, props) };
  }

  function number(value) {
    return window.dashAgGridFunctions.number(value);
  }

  function customers(held) {
    return number(held) + (held === 1 ? " customer" : " customers");
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

  function told(view, flow) {
    var from = view.groups[flow[0]].name;
    var to = view.groups[flow[1]].name;
    return (from === to ? "Stayed in " + from : from + " to " + to) + ": " + customers(flow[2]);
  }

  /* ---- the diagram: drawn by hand, since Plotly's flows can be neither focused nor reached by keys ---- */

  function make(tag, attributes, parent) {
    var element = tag === "svg" || tag === "path" || tag === "title" ? document.createElementNS(SVG, tag) : document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (parent) parent.append(element);
    return element;
  }

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

  function label(view, place, side, node, parent) {
    var group = view.groups[place];
    var flow = side ? [null, group.id, null] : [group.id, null, null];
    var name = make("button", {
      type: "button",
      class: "sd-moves-name",
      style: "--c: " + group.colour + "; top: " + node.middle.toFixed(1) + "px",
      "data-search": searchOf(view, flow),
      "aria-pressed": String(chosen(view, flow)),
      "aria-label": group.name + " on " + view.days[side] + ": " + customers(node.count),
    }, parent);
    make("span", { class: "sd-moves-text" }, name).textContent = group.name;
    make("b", {}, name).textContent = number(node.count);
  }

  function band(view, flow, nodes, scale, parent) {
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
    var path = make("path", {
      d: "M0," + ends[0] + "C50," + ends[0] + " 50," + ends[1] + " 100," + ends[1] +
        "v" + width + "C50," + (ends[1] + width) + " 50," + (ends[0] + width) + " 0," + (ends[0] + width) + "z",
      class: "sd-moves-band" + (stayed ? " sd-moves-stayed" : "") + (away ? " sd-moves-away" : ""),
      style: "--c: " + view.groups[flow[0]].colour,
      role: "button",
      tabindex: "-1",
      "aria-label": told(view, flow),
      "aria-pressed": String(chosen(view, ids)),
      "data-search": searchOf(view, ids),
    }, parent);
    make("title", {}, path).textContent = told(view, flow);
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
    place.textContent = "";
    view.days.forEach(function (day) { make("span", { class: "sd-moves-day" }, place).textContent = day; });
    [0, 1].forEach(function (side) {
      var names = make("div", { class: "sd-moves-names", style: "height: " + height + "px" }, place);
      nodes[side].forEach(function (node, group) { if (node) label(view, group, side, node, names); });
    });
    var svg = make("svg", {
      viewBox: "0 0 100 " + height, preserveAspectRatio: "none", class: "sd-moves-bands", style: "height: " + height + "px",
      role: "group", "aria-label": "Flows from " + view.days[0] + " to " + view.days[1],
    });
    place.insertBefore(svg, place.lastChild);
    // in the order of both sides, so that bands leave a name side by side
    view.flows.slice().sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; })
      .forEach(function (flow) { band(view, flow, nodes, scale, svg); });
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

  function sign(group) {
    if (group.letter) {
      return html("Span", { className: "sd-clu", style: { "--c": group.colour } }, [
        html("Span", { className: "sd-letter" }, group.letter),
        html("Span", {}, group.name),
      ]);
    }
    return html("Span", { className: "sd-seg", style: { "--c": group.colour } }, [
      html("Span", { className: "sd-glyph", style: group.glyph, "aria-hidden": "true" }),
      html("Span", {}, group.name),
    ]);
  }

  function count(view, value, flow, name) {
    if (!value) return "–";
    return html("Button", {
      type: "button",
      className: "sd-link",
      "data-search": searchOf(view, flow),
      "aria-pressed": String(chosen(view, flow)),
      "aria-label": name + ": " + customers(value),
    }, number(value));
  }

  function row(view, flow, part) {
    var ids = idsOf(view, flow);
    var name = told(view, flow).split(": ")[0];
    var cells = [
      html("Th", { scope: "row" }, sign(view.groups[flow[0]])),
      html("Td", {}, sign(view.groups[flow[1]])),
      html("Td", { className: "sd-num" }, count(view, flow[2], ids, name)),
    ];
    view.causes.forEach(function (cause, place) {
      var each = part.moved ? count(view, flow[3 + place], [ids[0], ids[1], cause.id], name + ", " + cause.name) : "";
      cells.push(html("Td", { className: "sd-num" }, each));
    });
    return html("Tr", { className: chosen(view, ids) ? "sd-moves-on" : "" }, cells);
  }

  function total(flows, place) {
    return flows.reduce(function (sum, flow) { return sum + flow[place]; }, 0);
  }

  /* a heading with its sums, then its flows */
  function body(view, part) {
    var cells = [
      html("Th", { scope: "colgroup", colSpan: 2 }, part.name),
      html("Td", { className: "sd-num" }, part.moved ? count(view, total(part.flows, 2), [null, null, null], part.name) : number(total(part.flows, 2))),
    ];
    view.causes.forEach(function (cause, place) {
      var sum = total(part.flows, 3 + place);
      cells.push(html("Td", { className: "sd-num" }, part.moved ? count(view, sum, [null, null, cause.id], cause.name) : ""));
    });
    return html("Tbody", {}, [html("Tr", { className: "sd-moves-sum" }, cells)].concat(
      part.flows.map(function (flow) { return row(view, flow, part); }),
    ));
  }

  function drawTable(view) {
    var notYet = view.groups.length - 1;
    var parts = [
      { name: "Changed " + view.by, moved: true, flows: view.flows.filter(function (f) { return f[0] !== f[1] && f[0] !== notYet; }) },
      { name: view.groups[notYet].name, flows: view.flows.filter(function (f) { return f[0] === notYet; }) },
      { name: "Stayed", flows: view.flows.filter(function (f) { return f[0] === f[1]; }) },
    ].filter(function (part) { return part.flows.length; });
    var heads = ["From", "To", "Customers"].concat(view.causes.map(function (cause) { return cause.name; }));
    var head = html("Tr", {}, heads.map(function (name, place) {
      return html("Th", { scope: "col", className: place > 1 ? "sd-num" : "" }, name);
    }));
    var name = "Flows from " + view.days[0] + " to " + view.days[1];
    var everybody = html("Tr", { className: "sd-moves-sum" }, [
      html("Th", { scope: "row", colSpan: 2 }, "All customers, " + view.days[1].replace("This", "this")),
      html("Td", { className: "sd-num" }, number(total(view.flows, 2))),
      html("Td", { colSpan: view.causes.length }, ""),
    ]);
    var table = html("Table", { className: "sd-tbl" }, [html("Caption", {}, html("Span", { className: "sd-unseen" }, name)), html("Thead", {}, head)]
      .concat(parts.map(function (part) { return body(view, part); }), [html("Tfoot", {}, everybody)]));
    return html("Div", { className: "sd-tblwrap", role: "region", tabIndex: "0", "aria-label": name }, table);
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
