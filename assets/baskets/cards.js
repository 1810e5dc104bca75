/* The tab Baskets: groups, sets and bundles, drawn from the few numbers that the server sends. */
(function () {
  "use strict";
  var WIDE = 100;
  var HIGH = 88;
  var RADIUS = 34;
  var SHADES = 4;
  var FAINT = 0.35; // how strongly the weakest pair is drawn
  var functions = window.dashAgGridFunctions;
  var parts = window.desk.parts;
  var html = parts.html;

  function small(name) {
    return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
  }

  /* a product by name; pressing it shows its rules alone */
  function product(code, name) {
    var props = { href: "/baskets?item=" + encodeURIComponent(code), className: "sd-prod-in sd-prod-first" };
    return html("A", Object.assign(props, { "data-item": code }), name);
  }

  function products(pairs, between) {
    var named = [];
    pairs.forEach(function (pair, place) {
      if (place) named.push(between);
      named.push(product(pair[0], pair[1]));
    });
    return named;
  }

  /* a shape is cut out of a colour that the style sheet gives: one picture for both themes */
  function mask(drawing) {
    var svg =
      "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + WIDE + " " + HIGH + "'%3E" +
      "%3Cg fill='none' stroke='black' stroke-width='1.4'%3E" + drawing + "%3C/g%3E%3C/svg%3E";
    return { "--mask": 'url("data:image/svg+xml,' + svg + '")' };
  }

  /* from edge to edge of two circles, each [x, y, radius] */
  function line(start, end) {
    var length = Math.hypot(end[0] - start[0], end[1] - start[1]);
    var at = function (share) {
      return Math.round(start[0] + (end[0] - start[0]) * share) + " " + Math.round(start[1] + (end[1] - start[1]) * share);
    };
    return "M" + at(start[2] / length) + "L" + at(1 - end[2] / length);
  }

  function ring(group, least, strongest) {
    var around = group.products.length;
    var dots = group.products.map(function (one, place) {
      var turn = (2 * Math.PI * place) / around - Math.PI / 2;
      var size = 5 + 3 * Math.sqrt(one[2] / group.products[0][2]);
      return [WIDE / 2 + RADIUS * Math.cos(turn), HIGH / 2 + RADIUS * Math.sin(turn), size];
    });
    var span = strongest > least ? Math.log(strongest / least) : 1;
    var lines = group.pairs.map(function (pair) {
      var step = Math.round((SHADES * Math.max(Math.log(pair[2] / least), 0)) / span);
      var faint = FAINT + ((1 - FAINT) * step) / SHADES;
      return "%3Cpath stroke-opacity='" + faint.toFixed(2) + "' d='" + line(dots[pair[0]], dots[pair[1]]) + "'/%3E";
    });
    var circles = dots.map(function (dot) {
      return "%3Ccircle cx='" + dot[0].toFixed() + "' cy='" + dot[1].toFixed() + "' r='" + dot[2].toFixed(1) + "'/%3E";
    });
    var places = group.products.map(function (one, place) {
      return html("A", {
        href: "/baskets?item=" + encodeURIComponent(one[0]),
        className: "sd-ring-dot",
        title: small(one[1]),
        "aria-label": small(one[1]),
        tabIndex: -1, // the names beside it are the same links for the keyboard
        "data-item": one[0],
        style: { left: (dots[place][0] / WIDE) * 100 + "%", top: (dots[place][1] / HIGH) * 100 + "%" },
      }, String(place + 1));
    });
    var hidden = { "aria-hidden": "true" };
    return html("Li", {}, [
      html("B", { className: "sd-prod" }, group.name),
      html("Small", {}, sayCount("{n} product, lift {lift}", "{n} products, lift {lift}", around, { lift: functions.number(group.lift) })),
      html("Span", { className: "sd-ring" }, [
        html("Span", Object.assign({ className: "sd-ring-shape sd-ring-lines", style: mask(lines.join("")) }, hidden)),
        html("Span", Object.assign({ className: "sd-ring-shape", style: mask(circles.join("")) }, hidden)),
      ].concat(places)),
      html("Ol", {}, group.products.map(function (one) { return html("Li", {}, product(one[0], one[1])); })),
    ]);
  }

  function groups(found) {
    var strongest = Math.max.apply(null, found.groups.map(function (group) { return group.lift; }));
    return html("Ul", { className: "sd-rings" }, found.groups.slice(0, found.drawn).map(function (group) {
      return ring(group, found.least, strongest);
    }));
  }

  function groupsTable(found) {
    var columns = [
      { name: say("Group") }, { name: say("Products") }, { name: say("Pairs"), style: "sd-num" }, { name: say("Highest lift"), style: "sd-num" },
    ];
    return parts.table(say("Groups of products bought together"), columns, found.groups.map(function (group) {
      var lift = functions.number(group.lift, 1);
      return [html("Span", { className: "sd-prod" }, group.name), products(group.products, ", "), functions.number(group.pairs.length), lift];
    }));
  }

  function sets(found, whole) {
    return html("Div", { className: "sd-bars" }, found.map(function (each) {
      var part = { share: functions.share(each.share, 2) };
      var width = { width: (each.count / found[0].count) * 100 + "%" };
      return html("Div", { className: "sd-bar-row sd-set-row" }, [
        html("Span", { className: "sd-set-names" }, products(each.products, " + ")),
        html("Span", { className: "sd-track", style: { "--c": "var(--sd-bar)" }, "aria-hidden": "true" },
          html("Span", { style: width })),
        html("Span", { className: "sd-num", title: whole === "customer" ? say("{share} of customers", part) : say("{share} of invoices", part) },
          functions.number(each.count)),
      ]);
    }));
  }

  function bundles(found, whole) {
    var columns = [
      { name: say("Bundle") }, { name: whole === "customer" ? say("Customers") : say("Invoices"), style: "sd-num" },
      { name: say("At usual prices"), style: "sd-num" }, { name: say("Worth"), style: "sd-num sd-opt" }, { name: say("Sells best in") },
    ];
    return parts.table(say("Bundles: products that sell together"), columns, found.listed.map(function (each) {
      var worth = each.price === null ? "–" : functions.moneySum(each.price * each.count);
      var best = each.cluster ? [found.clusters[each.cluster], html("Small", { className: "sd-bundle-of" }, each.of)] : "–";
      var count = [functions.number(each.count), html("Small", {}, " " + functions.share(each.share, 1))];
      return [products(each.products, " + "), count, functions.money(each.price), worth, best];
    }), "sd-bundles");
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.basketCards = {
    draw: function (data) {
      var none = data.nothing;
      return [
        none.groups || groups(data.groups),
        none.groups ? "" : groupsTable(data.groups),
        none.sets || sets(data.sets, data.whole),
        none.bundles || bundles(data.bundles, data.whole),
      ];
    },
  };
})();
