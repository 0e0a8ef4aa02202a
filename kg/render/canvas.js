"use strict";
/* The drawing: vis-network shows nodes and lines; discs, letters, labels and the focus are drawn here, as canvas text. */

const NodeShapes = {
  dot: (ctx, x, y, r) => ctx.arc(x, y, r, 0, 2 * Math.PI),
  square: (ctx, x, y, r) => ctx.rect(x - r, y - r, 2 * r, 2 * r),
  diamond: (ctx, x, y, r) => polygon(ctx, x, y, r, 4, 0),
  hexagon: (ctx, x, y, r) => polygon(ctx, x, y, r, 6, 0),
};

function polygon(ctx, x, y, r, sides, turn) {
  for (let i = 0; i < sides; i += 1) {
    const a = turn + (2 * Math.PI * i) / sides;
    ctx[i ? "lineTo" : "moveTo"](x + r * Math.cos(a), y + r * Math.sin(a));
  }
  ctx.closePath();
}

/* Draws `data` into `box`; `on.click(number or null)` hears what was clicked, and
   `on.covered()` tells how many pixels at the right and bottom lie under something else. Node numbers are places in data.nodes. */
function makeCanvas(box, data, on) {
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  const SIZES = { document: 13, speaker: 13, entity: 12, claim: 11, group: 12 };
  const LINE = {
    says: { width: 1.6 }, about: { width: 1 }, in: { width: 1 }, within: { width: 2, dashes: [7, 5] },
    conflict: { width: 2.4, dashes: [10, 4, 2, 4] },
  };
  const spots = data.network.nodes;
  if (box.clientHeight > 1.2 * box.clientWidth) turnUpright();
  const styles = new Map(data.styles.map((s) => [s.key, s]));
  const degree = new Array(spots.length).fill(0);
  const touching = spots.map(() => []);
  data.network.edges.forEach((edge, id) => {
    for (const end of [edge.from, edge.to]) { degree[end] += 1; touching[end].push(id); }
  });
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const state = { shown: spots.map(() => true), lines: new Set(Object.keys(LINE)), chosen: null, hover: null, hits: null };
  const texts = data.nodes.map((node) => wrap(node));
  const theme = {};
  const many = data.network.edges.length > 6000;
  const FAINT = { says: "b0", about: many ? "30" : "66", in: many ? "30" : "80", within: "e0", conflict: "ff" };
  let order = [];

  /* The layout is as wide as a screen; a narrow page shows it turned by a right angle. */
  function turnUpright() {
    for (const spot of spots) [spot.x, spot.y] = [-spot.y, spot.x];
    for (const region of data.regions) [region[1], region[2]] = [-region[2], region[1]];
  }

  function wrap(node) {
    if (!(node.kind === "claim" || node.kind === "group" || (node.kind === "document" && node.short.length > 24))) return [node.short];
    const lines = [""];
    const room = Math.max(14, Math.ceil(node.short.length / 2) + 3);
    for (const word of node.short.split(" ")) {
      const last = lines[lines.length - 1];
      if (last && last.length + word.length > room && lines.length < 2) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
    return lines;
  }

  function readTheme() {
    const css = getComputedStyle(document.documentElement);
    for (const name of ["paper", "ground", "ink", "soft", "accent", "mark", "disc", "disc-line", "halo", "says", "about",
      "in", "within", "conflict", "t-document", "t-speaker", "t-entity", "t-claim", "t-group"]) theme[name] = css.getPropertyValue(`--${name}`).trim();
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    theme.border = dark ? "rgba(255,255,255,.55)" : "rgba(20,24,31,.6)";
  }

  function visNode(spot) {
    const paint = { background: spot.color, border: theme.border };
    return { ...spot, label: undefined, color: { ...paint, highlight: paint, hover: paint } };
  }

  function visEdge(edge, id) {
    const colour = theme[edge.kind] + FAINT[edge.kind];
    const curve = edge.kind === "conflict" && { type: "curvedCW", roundness: bow(spots[edge.from], spots[edge.to]) };
    return {
      id, from: edge.from, to: edge.to, kind: edge.kind, ...LINE[edge.kind], smooth: curve && { enabled: true, ...curve },
      color: { color: colour, highlight: colour, hover: colour, inherit: false },
      arrows: many || edge.kind === "in" || edge.kind === "conflict" ? undefined : { to: { enabled: true, scaleFactor: 0.4 } },
    };
  }

  readTheme();
  const nodes = new vis.DataSet(spots.map(visNode));
  const edges = new vis.DataSet(data.network.edges.map(visEdge));
  const nodeView = new vis.DataView(nodes, { filter: (n) => state.shown[n.id] });
  const edgeView = new vis.DataView(edges, {
    filter: (e) => state.lines.has(e.kind) && state.shown[e.from] && state.shown[e.to],
  });
  const network = new vis.Network(box, { nodes: nodeView, edges: edgeView }, data.network.options);

  function rank() {
    const weight = { document: 4e6, speaker: 3e6, group: 25e5, entity: 2e6, claim: 0 };
    order = spots.map((_, n) => n).filter((n) => state.shown[n]);
    order.sort((a, b) => weight[data.nodes[b].kind] + degree[b] - weight[data.nodes[a].kind] - degree[a] || a - b);
  }

  /* What stands out: the chosen node with its neighbours, else the search's hits; null where nothing does. */
  function lit() {
    if (state.chosen === null) return state.hits;
    const found = new Set([state.chosen]);
    for (const id of litEdges()) { found.add(data.network.edges[id].from); found.add(data.network.edges[id].to); }
    return found;
  }

  function litEdges() {
    if (state.chosen === null) return [];
    const open = (id) => {
      const e = data.network.edges[id];
      return state.lines.has(e.kind) && state.shown[e.from] && state.shown[e.to];
    };
    return touching[state.chosen].filter(open);
  }

  function drawDiscs(ctx) {
    for (const [n, x, y, r] of data.regions) {
      if (!state.shown[n]) continue;
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fillStyle = theme.disc;
      ctx.fill();
      ctx.lineWidth = 1 / network.getScale();
      ctx.strokeStyle = theme["disc-line"];
      ctx.stroke();
    }
  }

  function drawFocus(ctx, bright, view) {
    ctx.save();
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = theme.ground;
    ctx.fillRect(view.left, view.top, view.width, view.height);
    ctx.restore();
    for (const id of litEdges()) drawLine(ctx, data.network.edges[id]);
    for (const n of bright) if (state.shown[n]) drawNode(ctx, n);
  }

  function drawLine(ctx, edge) {
    const [a, b] = [spots[edge.from], spots[edge.to]];
    const long = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const [ux, uy] = [(b.x - a.x) / long, (b.y - a.y) / long];
    const [tx, ty] = [b.x - ux * (b.size + 2), b.y - uy * (b.size + 2)];
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = edge.kind === "in" ? theme.soft : theme[edge.kind];
    ctx.lineWidth = 2.4;
    ctx.setLineDash(LINE[edge.kind].dashes || []);
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    if (edge.kind === "conflict") ctx.quadraticCurveTo(...Object.values(bend(a, b)), b.x, b.y);
    else ctx.lineTo(tx, ty);
    ctx.stroke();
    if (edge.kind !== "in" && edge.kind !== "conflict") {
      ctx.beginPath();
      ctx.moveTo(tx, ty);
      ctx.lineTo(tx - ux * 11 - uy * 5, ty - uy * 11 + ux * 5);
      ctx.lineTo(tx - ux * 11 + uy * 5, ty - uy * 11 - ux * 5);
      ctx.fill();
    }
    ctx.restore();
  }

  function drawNode(ctx, n) {
    const spot = spots[n];
    ctx.beginPath();
    NodeShapes[spot.shape](ctx, spot.x, spot.y, spot.size);
    ctx.fillStyle = spot.color;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = theme.border;
    ctx.stroke();
  }

  function drawRing(ctx, n, colour, scale) {
    ctx.beginPath();
    ctx.arc(spots[n].x, spots[n].y, spots[n].size + 5 / scale, 0, 2 * Math.PI);
    ctx.lineWidth = 3 / scale;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }

  function drawLetters(ctx, view, bright, scale) {
    if (10 * scale < 6.5) return;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const n of order) {
      const [spot, style] = [spots[n], styles.get(data.nodes[n].style)];
      const letter = data.nodes[n].kind === "group" ? String((data.nodes[n].origins || []).length) : style.letter;
      if (!letter || !inside(view, spot) || (bright && !bright.has(n))) continue;
      ctx.font = `600 ${spot.size * 1.05}px ${FONT}`;
      ctx.fillStyle = style.ink;
      ctx.fillText(letter, spot.x, spot.y + spot.size * 0.06);
    }
  }

  function inside(view, spot) {
    return spot.x > view.left && spot.x < view.left + view.width && spot.y > view.top && spot.y < view.top + view.height;
  }

  /* Labels as on a map: the same size at every zoom, the most important first, none over another. */
  function drawLabels(ctx, view, bright, scale) {
    const taken = new Map();
    const first = [state.hover, state.chosen, ...(bright && bright.size <= 400 ? bright : [])].filter((n) => n !== null);
    const seen = new Set();
    let left = 300;
    for (const n of order.slice(0, 600)) {
      if (data.nodes[n].kind === "speaker" && inside(view, spots[n]) && spots[n].size * scale > 4) block(n);
    }
    for (const n of [...first, ...order]) {
      if (left <= 0) break;
      if (seen.has(n) || !state.shown[n] || (bright && !bright.has(n) && n !== state.hover)) continue;
      seen.add(n);
      const kind = data.nodes[n].kind;
      if (kind === "claim" && scale < 0.8 && n !== state.hover && n !== state.chosen && !(bright && bright.size < 14)) continue;
      if (place(n, kind)) left -= 1;
    }

    function block(n) {
      const [x, y, r] = [spots[n].x * scale, spots[n].y * scale, spots[n].size * scale];
      claimRoom([x - r, y - r, x + r, y + r], true);
    }

    function claimRoom(rect, force) {
      const cells = [];
      for (let i = Math.floor(rect[0] / 64); i <= Math.floor(rect[2] / 64); i += 1) {
        for (let j = Math.floor(rect[1] / 32); j <= Math.floor(rect[3] / 32); j += 1) cells.push(`${i},${j}`);
      }
      const clash = (o) => rect[0] < o[2] && o[0] < rect[2] && rect[1] < o[3] && o[1] < rect[3];
      if (!force && cells.some((c) => (taken.get(c) || []).some(clash))) return false;
      for (const c of cells) { if (!taken.has(c)) taken.set(c, []); taken.get(c).push(rect); }
      return true;
    }

    function place(n, kind) {
      const spot = spots[n];
      const region = kind === "document" ? regionOf.get(n) : undefined;
      if (!region && !inside(view, spot)) return false;
      const size = SIZES[kind];
      const lines = texts[n];
      ctx.font = `${kind === "claim" ? 400 : kind === "entity" ? 500 : 650} ${size}px ${FONT}`;
      const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
      const height = lines.length * size * 1.2;
      const [middle, edge] = [spot.x * scale, (spot.size + 2) * scale + 2];
      const below = [middle, spot.y * scale + edge];
      const tries = region ? [[region[1] * scale, (region[2] - region[3]) * scale - height - 3]]
        : [below, [middle, spot.y * scale - edge - height], [middle + edge + 3 + width / 2, spot.y * scale - height / 2],
          [middle - edge - 3 - width / 2, spot.y * scale - height / 2]];
      const free = tries.find(([x, y]) => claimRoom([x - width / 2 - 2, y - 1, x + width / 2 + 2, y + height]));
      if (!free && n !== state.hover && n !== state.chosen) return false;
      const [x, top] = free || tries[0];
      ctx.save();
      ctx.scale(1 / scale, 1 / scale);
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = theme.halo;
      ctx.fillStyle = theme[`t-${kind}`];
      lines.forEach((line, i) => {
        ctx.strokeText(line, x, top + i * size * 1.2);
        ctx.fillText(line, x, top + i * size * 1.2);
      });
      ctx.restore();
      return true;
    }
  }

  const regionOf = new Map(data.regions.map((r) => [r[0], r]));

  /* A conflict says so in words, whatever its colour: "≠ figure" in the middle of its line. */
  function drawReasons(ctx, view, scale) {
    const open = state.chosen === null ? conflicts : litEdges();
    if (state.hits && state.chosen === null) return;
    let left = 60;
    for (const id of open) {
      const edge = data.network.edges[id];
      const [a, b] = [spots[edge.from], spots[edge.to]];
      const middle = middleOf(a, b);
      if (edge.kind !== "conflict" || !state.lines.has("conflict") || !state.shown[edge.from] || !state.shown[edge.to]) continue;
      if (left <= 0 || !inside(view, middle) || Math.hypot(a.x - b.x, a.y - b.y) * scale < 60) continue;
      left -= 1;
      ctx.save();
      ctx.scale(1 / scale, 1 / scale);
      [ctx.font, ctx.textAlign, ctx.textBaseline, ctx.lineJoin, ctx.lineWidth] = [`650 11px ${FONT}`, "center", "middle", "round", 4];
      [ctx.strokeStyle, ctx.fillStyle] = [theme.halo, theme.conflict];
      const label = [...new Set(edge.links.map((i) => `≠ ${data.links[i].what}`))].join(", ");
      ctx.strokeText(label, middle.x * scale, middle.y * scale);
      ctx.fillText(label, middle.x * scale, middle.y * scale);
      ctx.restore();
    }
  }

  const conflicts = data.network.edges.flatMap((edge, id) => (edge.kind === "conflict" ? [id] : []));
  network.on("beforeDrawing", drawDiscs);
  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale();
    const centre = network.getViewPosition();
    const [width, height] = [box.clientWidth / scale, box.clientHeight / scale];
    const view = { left: centre.x - width / 2, top: centre.y - height / 2, width, height };
    const bright = lit();
    if (bright) drawFocus(ctx, bright, view);
    drawLetters(ctx, view, bright, scale);
    if (state.hits) for (const n of state.hits) if (state.shown[n] && (!bright || bright.has(n))) drawRing(ctx, n, theme.mark, scale);
    if (state.chosen !== null) drawRing(ctx, state.chosen, theme.accent, scale);
    drawLabels(ctx, view, bright, scale);
    drawReasons(ctx, view, scale);
  });
  const conflictOf = (ids) => ids.find((id) => data.network.edges[id].kind === "conflict");
  network.on("click", (event) => {
    const line = event.nodes.length ? undefined : conflictOf(event.edges);
    if (line === undefined) on.click(event.nodes.length ? event.nodes[0] : null);
    else on.line(data.network.edges[line]);
  });
  network.on("hoverEdge", (event) => {
    if (conflictOf([event.edge]) !== undefined) on.hint(data.network.edges[event.edge], event.pointer.DOM);
  });
  network.on("blurEdge", () => on.hint(null));
  network.on("hoverNode", (event) => { state.hover = event.node; box.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { state.hover = null; box.style.cursor = ""; network.redraw(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readTheme();
    nodes.update(spots.map(visNode));
    edges.update(data.network.edges.map(visEdge));
  });
  rank();

  function motion() {
    return calm.matches || spots.length > 3000 ? false : { duration: 260, easingFunction: "easeInOutQuad" };
  }

  /* Bring some nodes (all that are shown, where none are named) into view. */
  function fit(still, some) {
    network.setSize("100%", "100%");
    const wanted = (n) => state.shown[n] && (!some || some.has(n));
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    const stretch = (x, y, r) => {
      left = Math.min(left, x - r); right = Math.max(right, x + r);
      top = Math.min(top, y - r); bottom = Math.max(bottom, y + r);
    };
    spots.forEach((s, n) => { if (wanted(n)) stretch(s.x, s.y, s.size + 10); });
    if (!some && state.shown.every(Boolean)) for (const [, x, y, r] of data.regions) stretch(x, y, r);
    if (left > right) return;
    const under = on.covered();
    const [width, height] = [Math.max(120, box.clientWidth - under.right), Math.max(120, box.clientHeight - under.bottom)];
    const across = Math.max(width - 110, width * 0.7);
    const scale = Math.min(across / (right - left), (height - 70) / (bottom - top), some ? 1.15 : 1.5);
    const x = (left + right) / 2 + (box.clientWidth - width) / 2 / scale;
    const y = (top + bottom) / 2 + ((box.clientHeight - height) / 2 - 4) / scale;
    network.moveTo({
      position: { x, y }, scale: Math.max(scale, 0.005), animation: still ? false : motion(),
    });
  }

  return {
    network,
    fit,
    middle: (edge) => middleOf(spots[edge.from], spots[edge.to]),
    /* Show these nodes (a list of booleans) and these kinds of lines. */
    show(shown, lines) {
      state.shown = shown;
      state.lines = lines;
      rank();
      nodeView.refresh();
      edgeView.refresh();
      network.redraw();
    },
    choose(n) { state.chosen = n; state.hover = null; network.redraw(); },
    highlight(hits) { state.hits = hits; network.redraw(); },
    /* Bring a node and its neighbours into view; unless `always`, only where the node is not in view already. */
    focus(n, always) {
      const at = network.canvasToDOM(spots[n]);
      const under = on.covered();
      const [right, bottom] = [box.clientWidth - under.right - 30, box.clientHeight - under.bottom - 40];
      const seen = at.x > 30 && at.y > 30 && at.x < right && at.y < bottom;
      if (always || !seen) fit(false, lit());
    },
    hits() { return state.hits; },
    zoom(by) { network.moveTo({ scale: Math.min(6, Math.max(0.005, network.getScale() * by)), animation: false }); },
    pan(x, y) {
      const at = network.getViewPosition();
      const step = 80 / network.getScale();
      network.moveTo({ position: { x: at.x + x * step, y: at.y + y * step }, animation: false });
    },
    /* The nearest shown node from `n` towards (x, y), or from the middle of the view; null where there is none. */
    next(n, x, y) {
      const from = n === null ? network.getViewPosition() : spots[n];
      let [best, least] = [null, Infinity];
      for (const other of order) {
        if (other === n) continue;
        const [dx, dy] = [spots[other].x - from.x, spots[other].y - from.y];
        const [along, across] = [dx * x + dy * y, Math.abs(dx * y - dy * x)];
        if (n !== null && (along <= 0 || across > along * 1.2)) continue;
        const cost = n === null ? Math.hypot(dx, dy) : along + 2 * across;
        if (cost < least) { best = other; least = cost; }
      }
      return best;
    },
  };
}
