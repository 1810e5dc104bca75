/* The makers of what the other scripts show. Data among their children and properties stays text.
   Files that come before this one by name, and those that come after, call them when they draw. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var DRAWN = /^(Svg|Path|Title)$/;
  var ATTRIBUTES = { className: "class", tabIndex: "tabindex" };

  /* Dash has every component look at every change. What has no id, and holds nothing with one, is still: it is
     drawn whole, as one component, and what it holds has no namespace. layouts/plain.py makes the same. */
  var STILL = "still";

  function isStill(part) {
    return part === null || typeof part !== "object" || (part.namespace || STILL) === STILL;
  }

  function inner(part) {
    return part !== null && typeof part === "object" ? { type: part.type, props: part.props } : part;
  }

  /* A component as Dash sends it. */
  function html(type, props, children) {
    var held = [children].flat();
    var still = !(props && props.id) && held.every(isStill);
    if (still) children = Array.isArray(children) ? held.map(inner) : inner(children);
    var namespace = still ? STILL : "dash_html_components";
    return { namespace: namespace, type: type, props: Object.assign({ children: children }, props) };
  }

  /* dcc.Link changes the page without loading it anew */
  function link(href, children, className) {
    var props = { href: href, children: children };
    if (className) props.className = className;
    return { namespace: STILL, type: "Link", props: props };
  }

  function icon(name) {
    return html("Span", { className: "sd-ic sd-ic-" + name, "aria-hidden": "true" });
  }

  function unseen(text) {
    return html("Span", { className: "sd-unseen" }, text);
  }

  /* A segment by place, name and colour; a cluster, which has a letter, by that. Where it may be cut, its title is whole. */
  function badge(group, cut) {
    var sign = group.letter
      ? html("Span", { className: "sd-letter" }, group.letter)
      : html("Span", { className: "sd-glyph", style: group.glyph, "aria-hidden": "true" });
    var name = html("Span", cut ? { className: "sd-cut", title: group.name } : {}, group.name);
    return html("Span", { className: group.letter ? "sd-clu" : "sd-seg", style: { "--c": group.colour } }, [sign, name]);
  }

  /* A row of a table: its first cell is its heading. Columns are {name, style}. */
  function row(columns, cells, className) {
    return html("Tr", className ? { className: className } : {}, cells.map(function (cell, place) {
      var style = columns[place].style ? { className: columns[place].style } : {};
      return place ? html("Td", style, cell) : html("Th", Object.assign({ scope: "row" }, style), cell);
    }));
  }

  /* A table of sections that are made already; as layouts.parts.table makes it. */
  function framed(name, columns, sections, kind) {
    var heads = columns.map(function (column) {
      return html("Th", column.style ? { scope: "col", className: column.style } : { scope: "col" }, column.name);
    });
    var whole = html("Table", { className: "sd-tbl" }, [
      html("Caption", {}, unseen(name)), html("Thead", {}, html("Tr", {}, heads)),
    ].concat(sections));
    var props = { className: "sd-tblwrap" + (kind ? " " + kind : ""), role: "region", tabIndex: "0", "aria-label": say("{name}, table", { name: name }) };
    return html("Div", props, whole);
  }

  function table(name, columns, rows, kind) {
    return framed(name, columns, [html("Tbody", {}, rows.map(function (cells) { return row(columns, cells); }))], kind);
  }

  /* What can be shown; Dash and React pass over the rest, too. */
  function shown(children) {
    return [children].flat().filter(function (child) { return child !== null && child !== undefined && child !== ""; });
  }

  /* The same for what React draws without Dash: a cell of a grid, and all that is still. */
  function toElement(part) {
    if (typeof part !== "object") return part;
    var props = Object.assign({}, part.props);
    delete props.children;
    var kind = part.type.toLowerCase();
    if (part.type === "Link") {
      kind = window.dash_core_components.Link;
      props.setProps = function () {}; // it tells of a dangerous address by it, and follows none
    }
    return window.React.createElement(kind, props, ...shown(part.props.children).map(toElement));
  }

  /* Dash asks for a component by its namespace and type, and hands over what it was sent. */
  function drawer(type) {
    return function (given) {
      var props = Object.assign({}, given);
      delete props.setProps;
      return toElement({ type: type, props: props });
    };
  }

  window.still = new Proxy({}, {
    get: function (made, type) { return (made[type] = made[type] || drawer(type)); },
  });

  /* The same as a node of the document, for what neither Dash nor React looks after. */
  function toNode(part) {
    if (typeof part !== "object") return document.createTextNode(part);
    var name = part.type.toLowerCase();
    var node = DRAWN.test(part.type) ? document.createElementNS(SVG, name) : document.createElement(name);
    Object.entries(part.props).forEach(function (pair) {
      var key = pair[0];
      var value = pair[1];
      if (key === "children") node.append(...shown(value).map(toNode));
      else if (key === "style") Object.keys(value).forEach(function (each) {
        if (each.startsWith("--")) node.style.setProperty(each, value[each]);
        else node.style[each] = value[each]; // React's names, such as backgroundImage
      });
      else if (key === "onClick") node.addEventListener("click", value);
      else node.setAttribute(ATTRIBUTES[key] || key, value);
    });
    return node;
  }

  window.desk.parts = {
    html: html, link: link, icon: icon, unseen: unseen, badge: badge, row: row, framed: framed, table: table,
    toElement: toElement, toNode: toNode,
  };
})();
