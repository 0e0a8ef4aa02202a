"use strict";
/* Filters, search and the panel. Whatever comes from documents enters the page as text nodes only. */

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const { nodes } = data;
  const numbers = new Map(nodes.map((node, n) => [node.id, n]));
  const styles = new Map(data.styles.map((s) => [s.key, s]));
  const of = (kind) => nodes.flatMap((node, n) => (node.kind === kind ? [n] : []));
  const claims = of("claim");
  const said = new Map();
  const about = new Map();
  const held = new Map();
  const inner = new Map();
  const push = (map, key, n) => { if (!map.has(key)) map.set(key, []); map.get(key).push(n); };
  for (const n of claims) {
    push(said, nodes[n].speaker, n);
    push(held, nodes[n].document, n);
    if (nodes[n].within) push(inner, nodes[n].within, n);
    for (const id of nodes[n].about || []) push(about, id, n);
  }
  const haystack = nodes.map((node) =>
    fold([node.label, ...(node.aliases || []), ...(node.mentions || []), node.publisher, node.author].join("\n")));
  const off = new Set();
  let chosen = null;

  function fold(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

  function el(tag, props, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (name === "class") made.className = value; else made.setAttribute(name, value);
    }
    made.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
    return made;
  }

  const text = (value) => el("bdi", null, String(value));
  const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const capital = (word) => (word ? word[0].toUpperCase() + word.slice(1) : "");

  function badge(style) {
    const svg = (tag, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      return made;
    };
    const root = svg("svg", { class: "badge", viewBox: "0 0 20 20", "aria-hidden": "true" });
    const paint = { fill: style.colour, stroke: "currentColor", "stroke-opacity": ".5" };
    const paths = { square: "M3 3H17V17H3Z", diamond: "M10 .8L19.2 10L10 19.2L.8 10Z", hexagon: "M1 10L5.5 2.2H14.5L19 10L14.5 17.8H5.5Z" };
    root.append(style.shape === "dot" ? svg("circle", { cx: 10, cy: 10, r: 8.5, ...paint })
      : svg("path", { d: paths[style.shape], ...paint }));
    if (style.letter) {
      const letter = svg("text", { x: 10, y: 13.9, "text-anchor": "middle", "font-size": 11, "font-weight": 600, fill: style.ink });
      letter.textContent = style.letter;
      root.append(letter);
    }
    return root;
  }

  /* ---- panel ---- */

  function go(n, note) {
    const style = styles.get(nodes[n].style);
    const what = el("span", { class: "what" }, text(nodes[n].kind === "claim" ? `“${nodes[n].label}”` : nodes[n].label));
    if (note) what.append(el("small", null, text(note)));
    const button = el("button", { type: "button", class: "go" }, badge(style), what);
    button.addEventListener("click", () => select(n, true));
    return button;
  }

  const nameOf = (id) => (numbers.has(id) ? nodes[numbers.get(id)].label : "");
  const says = (n) => `${nameOf(nodes[n].speaker) || "Unknown speaker"} · ${nameOf(nodes[n].document)}`;

  function list(title, found, note) {
    if (!found || !found.length) return [];
    const body = el("ul", { class: "plain" });
    const more = (from) => {
      found.slice(from, from + 100).forEach((n) => body.append(el("li", null, go(n, note ? note(n) : ""))));
      if (found.length <= from + 100) return;
      const button = el("button", { type: "button" }, `Show ${Math.min(100, found.length - from - 100)} more`);
      button.addEventListener("click", () => { button.parentNode.remove(); more(from + 100); });
      body.append(el("li", null, button));
    };
    more(0);
    return [el("h3", null, `${title} (${found.length.toLocaleString("en")})`), body];
  }

  function facts(rows) {
    const made = el("dl", null);
    for (const [name, value] of rows) {
      if (value === "" || value === undefined || value === null) continue;
      made.append(el("dt", null, name), el("dd", null, value instanceof Node ? value : text(value)));
    }
    return made;
  }

  /* The sentence with its content marked; offsets count code points of the document, as Python does. */
  function quote(claim) {
    const made = el("blockquote", { class: "quote", dir: "auto" });
    const chars = Array.from(claim.sentence || "");
    const role = new Array(chars.length).fill("");
    const start = claim.sentence_start || 0;
    const paint = (spans, name) => (spans || []).forEach(([from, to]) => {
      for (let i = Math.max(0, from - start); i < Math.min(chars.length, to - start); i += 1) role[i] = name;
    });
    paint(claim.cue_spans, "cue");
    paint(claim.spans, "mark");
    if (!role.includes("mark")) { made.append(el("mark", null, claim.quote)); return made; }
    for (let i = 0; i < chars.length;) {
      let j = i;
      while (j < chars.length && role[j] === role[i]) j += 1;
      const part = chars.slice(i, j).join("");
      made.append(role[i] === "mark" ? el("mark", null, part) : role[i] === "cue" ? el("span", { class: "cue" }, part) : part);
      i = j;
    }
    return made;
  }

  function chain(claim) {
    const made = el("ol", { class: "chain" });
    const names = claim.chain && claim.chain.length ? claim.chain : [nameOf(claim.speaker) || "Unknown speaker"];
    const links = [];
    let at = claim;
    for (let i = names.length - 1; at && i >= 0; i -= 1) {
      links[i] = numbers.get(at.speaker);
      at = at.within && nodes[numbers.get(at.within)];
    }
    if (links[0] === undefined) {
      const voice = nodes.findIndex((v) => v.speaker_kind === "document" && (v.documents || [])[0] === claim.document);
      if (voice >= 0 && nodes[voice].label === names[0]) links[0] = voice;
    }
    names.forEach((name, i) => {
      const item = el("li", null);
      if (links[i] === undefined) item.append(text(name));
      else {
        const button = el("button", { type: "button", class: "go" }, text(name));
        button.addEventListener("click", () => select(links[i], true));
        item.append(button);
      }
      made.append(item);
    });
    return made;
  }

  const across = makeAcross(data, { el, text, go, quote, nameOf, count, numbers });
  /* Where a node is drawn: a claim that a group stands for is drawn as the group. */
  const drawn = (n) => (n !== null && !shown[n] && shown[across.groupOf.get(n)] ? across.groupOf.get(n) : n);
  const lines = (values) => (values.length ? el("div", null, ...values.map((v) => el("div", null, text(v)))) : "");

  function claimDetails(claim) {
    const where = (claim.spans || []).map(([a, b]) => `${a.toLocaleString("en")}–${b.toLocaleString("en")}`).join(", ");
    const own = claim.directness === "author" ? "the document’s own statement" : claim.directness;
    const place = numbers.get(claim.document);
    return [
      quote(claim),
      el("p", { class: "keyline" }, el("mark", null, "marked"), " what is claimed",
        ...(claim.cue ? [" · ", el("span", { class: "cue" }, "underlined"), " the words that attribute it"] : [])),
      el("h3", null, "On whose word"),
      chain(claim),
      facts([
        ["Kind", claim.claim_kind], ["Quotation", own], ["Polarity", claim.polarity], ["Cue", claim.cue],
        ["Quantities", lines((claim.quantities || []).map(amount))],
        ["Times", lines((claim.times || []).map((t) => `${t.text}: ${t.edtf || "not resolved"}`))],
      ]),
      ...(place === undefined ? [] : [
        el("h3", null, "Document"), el("div", { class: "plain" }, go(place)), facts([...source(nodes[place]), ["Characters", where]]),
      ]),
      ...across.claimDetails(claim),
      ...list("About", (claim.about || []).flatMap((id) => (numbers.has(id) ? [numbers.get(id)] : []))),
      ...list("Reported within", numbers.has(claim.within) ? [numbers.get(claim.within)] : [], says),
      ...list("Claims reported within this one", inner.get(claim.id), says),
    ];
  }

  const source = (d) => [["Publisher", d.publisher], ["Author", d.author], ["Date", d.date], ["Address", d.url], ["File", d.file]];

  function details(n) {
    const node = nodes[n];
    if (node.kind === "group") return across.groupDetails(node);
    const kinds = { document: "the document’s own voice", description: "a source described, not named",
      implicit: "a source that is not given", entity: "a named source" };
    const names = [["Also named", (node.aliases || []).join(", ")], ["In the texts", (node.mentions || []).join(", ")]];
    const places = (node.documents || []).flatMap((id) => (numbers.has(id) ? [numbers.get(id)] : []));
    const own = el("h2", { dir: "auto" }, text(node.label));
    if (node.kind === "claim") return claimDetails(node);
    if (node.kind === "document") {
      const size = node.length ? `${node.length.toLocaleString("en")} characters` : "";
      return [own, facts([...source(node), ["Length", size], ["SHA-256", node.sha256]]),
        ...list("Claims", held.get(node.id), (m) => nameOf(nodes[m].speaker))];
    }
    const rows = [["Type", node.type], ...(node.kind === "speaker" ? [["Speaker", kinds[node.speaker_kind]]] : []), ...names];
    return [own, facts(rows),
      ...list("Says", said.get(node.id), (m) => `${nodes[m].claim_kind} · ${nameOf(nodes[m].document)}`),
      ...list("What is said about it", about.get(node.id), says),
      ...list("Documents", places)];
  }

  function select(n, move) {
    if (n !== null && !standing(n)) { $("filters").reset(); applyReset(); }
    chosen = n;
    $("panel").hidden = n === null;
    if (n !== null) {
      const style = styles.get(nodes[n].style);
      const what = ["document", "speaker", "group"].includes(style.group) ? style.name : `${capital(style.group)} · ${style.name.toLowerCase()}`;
      $("details").replaceChildren(el("p", { class: "tag" }, badge(style), what), ...details(n),
        el("h3", null, "Identifier"), el("div", { class: "iri" }, text(nodes[n].id)));
      $("panel").scrollTop = 0;
      $("panel").setAttribute("aria-label", `Details: ${nodes[n].short}`);
    }
    canvas.network.setSize("100%", "100%");
    canvas.choose(drawn(n));
    closeResults();
    if (n !== null) canvas.focus(drawn(n), move);
  }

  function showLine(edge) {
    select(null);
    $("panel").hidden = false;
    $("details").replaceChildren(el("p", { class: "tag" }, stroke("conflict"), "Conflict: these cannot both be exactly right"),
      ...across.lineDetails(edge));
    $("panel").setAttribute("aria-label", "Details: conflict");
    canvas.network.setSize("100%", "100%");
  }

  /* How much of the graph lies under the panel (narrow pages) and under the search results. */
  function covered() {
    const [stage, panel, found] = [$("network"), $("panel"), $("results-box")].map((e) => e.getBoundingClientRect());
    const over = stage.width > 800 && found.width ? stage.right - found.left : 0;
    return { right: Math.max(0, over), bottom: panel.width > stage.width * 0.9 ? Math.max(0, stage.bottom - panel.top) : 0 };
  }

  /* ---- filters ---- */

  let shown = nodes.map(() => true);
  let passing = new Set(claims);
  const standing = (n) => (nodes[n].kind === "claim" ? passing.has(n) : shown[n]);

  function visible() {
    const [doc, speaker] = [$("by-document").value, $("by-speaker").value];
    const kindOn = (n) => !off.has(nodes[n].style);
    const claimOn = new Set(claims.filter((n) => kindOn(n) && (!doc || nodes[n].document === doc) && (!speaker || nodes[n].speaker === speaker)));
    passing = claimOn;
    const every = claimOn.size === claims.length;
    const grouped = !off.has("group");
    const told = new Set(grouped ? [...claimOn].map((n) => across.groupOf.get(n)) : []);
    const used = new Set();
    for (const n of claimOn) {
      for (const id of [nodes[n].speaker, nodes[n].document, ...(nodes[n].about || [])]) used.add(id);
    }
    return nodes.map((node, n) => {
      if (node.kind === "claim") return claimOn.has(n) && !(grouped && across.groupOf.has(n));
      if (node.kind === "group") return told.has(n);
      const unsaid = node.kind === "entity" && doc && !speaker && !about.has(node.id) && (node.documents || []).includes(doc);
      return kindOn(n) && (every || unsaid || used.has(node.id) || node.id === doc || node.id === speaker);
    });
  }

  function apply(refit) {
    shown = visible();
    const kept = nodes.filter((node, n) => node.kind !== "group" && standing(n)).length;
    const all = nodes.filter((node) => node.kind !== "group").length;
    canvas.show(shown, new Set(data.lines.map(([key]) => key).filter((key) => !off.has(`line/${key}`))));
    if (chosen !== null && !standing(chosen)) select(null);
    const kinds = (kind) => nodes.reduce((sum, node, n) => sum + (node.kind === kind && standing(n) ? 1 : 0), 0);
    $("shown").textContent = kept === all ? "Everything shown"
      : `Shown: ${count(kinds("claim"), "claim", "claims")}, ${count(kept - kinds("claim"), "other node", "other nodes")}`;
    if (refit) canvas.fit();
    if (!$("results-box").hidden) search();
  }

  function applyReset() {
    off.clear();
    apply(true);
  }

  function choices(select, all, ids) {
    select.append(el("option", { value: "" }, all));
    for (const n of ids) {
      const many = (nodes[n].kind === "speaker" ? said : held).get(nodes[n].id) || [];
      const where = nodes[n].speaker_kind === "document" ? " · own words" : "";
      select.append(el("option", { value: nodes[n].id }, `${nodes[n].short}${where} (${many.length})`));
    }
    select.addEventListener("change", () => apply(true));
  }

  function tick(box, key, mark, name, many) {
    const input = el("input", { type: "checkbox", value: key, checked: "" });
    input.addEventListener("change", () => { off[input.checked ? "delete" : "add"](key); apply(false); });
    $(box).append(el("label", null, input, mark, el("span", { class: "name" }, name), many === null ? "" : el("span", { class: "many" }, many)));
  }

  function legend() {
    const counts = new Map();
    for (const node of nodes) counts.set(node.style, (counts.get(node.style) || 0) + 1);
    for (const style of data.styles) {
      const box = { claim: "kinds-claim", group: "kinds-claim", entity: "kinds-entity" }[style.group] || "kinds-other";
      if (counts.has(style.key)) tick(box, style.key, badge(style), style.name, counts.get(style.key).toLocaleString("en"));
    }
    for (const [key, name] of data.lines) if (key !== "conflict" || data.links.some((link) => link.kind === key)) tick("kinds-line", `line/${key}`, stroke(key), name, null);
    const byUse = (map) => (a, b) => (map.get(nodes[b].id) || []).length - (map.get(nodes[a].id) || []).length || a - b;
    choices($("by-document"), "All documents", of("document"));
    choices($("by-speaker"), "All speakers", of("speaker").sort(byUse(said)));
    $("filters").addEventListener("reset", () => setTimeout(applyReset, 0));
    $("filters").addEventListener("submit", (event) => event.preventDefault());
  }

  /* ---- search ---- */

  function search() {
    const words = fold($("search").value).split(/\s+/).filter(Boolean);
    const listing = $("list").getAttribute("aria-expanded") === "true";
    if (!words.length && !listing) { closeResults(); canvas.highlight(null); return; }
    const found = nodes.flatMap((_, n) => (standing(n) && words.every((w) => haystack[n].includes(w))
      && (words.length || nodes[n].kind === "claim") ? [n] : []));
    canvas.highlight(words.length && found.length ? new Set(found) : null);
    $("found").textContent = !found.length ? "Nothing found"
      : count(found.length, "result", "results") + (found.length > 60 ? ", the first 60 listed" : "");
    const note = (n) => (nodes[n].kind === "claim" ? says(n) : capital(nodes[n].kind));
    $("results").replaceChildren(...found.slice(0, 60).map((n) => el("li", null, go(n, note(n)))));
    $("results-box").hidden = false;
  }

  function closeResults() {
    $("results-box").hidden = true;
    $("list").setAttribute("aria-expanded", "false");
  }

  let pause = 0;
  $("search").addEventListener("input", () => {
    if (chosen !== null) select(null);
    search();
    clearTimeout(pause);
    pause = setTimeout(() => canvas.fit(false, canvas.hits()), 250);
  });
  $("search").addEventListener("focus", () => { if ($("search").value) search(); });
  $("list").addEventListener("click", () => {
    const open = $("list").getAttribute("aria-expanded") === "true";
    if (open) { closeResults(); return; }
    $("list").setAttribute("aria-expanded", "true");
    search();
  });
  document.querySelector(".find").addEventListener("keydown", (event) => {
    const buttons = [...$("results").querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && buttons.length) { buttons[Math.min(at + 1, buttons.length - 1)].focus(); event.preventDefault(); }
    if (event.key === "ArrowUp" && at >= 0) { (at ? buttons[at - 1] : $("search")).focus(); event.preventDefault(); }
    if (event.key === "Enter" && event.target === $("search") && buttons.length && !$("results-box").hidden) {
      event.preventDefault();
      buttons[0].click();
      $("panel").focus();
    }
  });

  /* ---- keyboard, start ---- */

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) { $("search").focus(); event.preventDefault(); }
    if (event.key !== "Escape") return;
    if (!$("results-box").hidden) closeResults();
    else if (chosen !== null) { select(null); $("network").focus(); }
    else if ($("search").value) { $("search").value = ""; search(); }
  });
  $("network").addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const keys = { "+": () => canvas.zoom(1.25), "=": () => canvas.zoom(1.25), "-": () => canvas.zoom(0.8), 0: () => canvas.fit() };
    if (way && event.shiftKey) canvas.pan(...way);
    else if (way) {
      const n = canvas.next(drawn(chosen), ...way);
      if (n !== null) { select(n, true); $("network").focus(); }
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });

  const canvas = makeCanvas($("network"), data, { click: (n) => { select(n, false); }, line: showLine, hint: (edge, at) => across.showHint($("hint"), edge, at), covered });
  if (window.matchMedia("(max-width: 820px)").matches) $("side").removeAttribute("open");
  legend();
  $("counts").textContent = [count(claims.length, "claim", "claims"), `${count(of("speaker").length, "speaker", "speakers")}`,
    count(of("entity").length, ...(nodes.some((n) => n.kind === "speaker" && n.type) ? ["other entity", "other entities"] : ["entity", "entities"])), count(of("document").length, "document", "documents")].join(" · ");
  $("close").addEventListener("click", () => { select(null); $("network").focus(); });
  $("zoom-in").addEventListener("click", () => canvas.zoom(1.25));
  $("zoom-out").addEventListener("click", () => canvas.zoom(0.8));
  $("fit").addEventListener("click", () => canvas.fit());
  $("side").addEventListener("toggle", () => canvas.network.setSize("100%", "100%"));
  if (!claims.length) {
    $("empty").textContent = "This case holds no claims yet.";
    $("empty").hidden = false;
  }
  canvas.network.once("afterDrawing", () => { document.documentElement.dataset.drawnAfter = String(Math.round(performance.now())); });
  canvas.fit(true);
  apply(false);
  window.kgPage = { canvas, data, select };
})();
