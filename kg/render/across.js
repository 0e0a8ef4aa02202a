"use strict";
/* Groups of claims that say the same, and links between claims: what the panel says of them. Text nodes only. */

/* The look of a line, as in the drawing. */
function stroke(key) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const look = { x1: 0, y1: 10, x2: 20, y2: 10, "stroke-width": key === "within" ? 3 : 2.4, "stroke-dasharray": { within: "6 4", conflict: "8 3 2 3" }[key] || "" };
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
  line.style.stroke = `var(--${key})`;
  made.setAttribute("viewBox", "0 0 20 20");
  made.setAttribute("class", "badge");
  made.setAttribute("aria-hidden", "true");
  made.append(line);
  return made;
}

/* A quantity with its range in words. */
function amount(q) {
  const [low, high] = [q.minimum, q.maximum].map((v) => (v === "" || v === undefined ? "" : Number(v).toLocaleString("en")));
  const range = low && high ? (low === high ? low : `${low} to ${high}`) : low ? `${low} or more` : high ? `${high} or fewer` : "no number";
  return `${q.text}: ${q.approximate ? "about " : ""}${range}${q.of ? ` (${q.of})` : ""}`;
}

/* The point that a line of conflict bends towards, as vis-network places it (curvedCW): two claims of one speaker stand at
   either side of the speaker, where a straight line would be hidden by those that say who says them. */
const bow = (a, b) => (Math.hypot(a.x - b.x, a.y - b.y) < 260 ? 0.6 : 0.2);
function bend(a, b) {
  const [dx, dy, part] = [b.x - a.x, a.y - b.y, bow(a, b) / 2 + 0.5];
  const angle = Math.atan2(dy, dx) + part * Math.PI;
  const far = part * Math.hypot(dx, dy);
  return { x: a.x + far * Math.sin(angle), y: a.y + far * Math.cos(angle) };
}

/* The middle of a line of conflict. */
function middleOf(a, b) {
  const via = bend(a, b);
  return { x: (a.x + 2 * via.x + b.x) / 4, y: (a.y + 2 * via.y + b.y) / 4 };
}

function makeAcross(data, tools) {
  const { el, text, go, quote, nameOf, count, numbers } = tools;
  const { nodes } = data;
  const groupOf = new Map();
  const linksOf = new Map();
  nodes.forEach((node, n) => {
    if (node.kind !== "group") return;
    for (const origin of node.origins || []) for (const id of origin.claims || []) groupOf.set(numbers.get(id), n);
  });
  data.links.forEach((link, i) => {
    for (const end of [link.source, link.target]) {
      if (!linksOf.has(end)) linksOf.set(end, []);
      linksOf.get(end).push(i);
    }
  });
  const WAYS = {
    conflict: ["In conflict with", "In conflict with"], support: ["Supports", "Supported by"],
    compatible: ["Compatible with", "Compatible with"], confirmation: ["Confirms", "Confirmed by"],
    repetition: ["Repeats", "Repeated by"],
  };
  const says = (n) => `${nameOf(nodes[n].speaker) || "Unknown speaker"} · ${nameOf(nodes[n].document)}`;
  const members = (group) => (group.origins || []).flatMap((o) => (o.claims || []).map((id) => numbers.get(id)));
  const short = (link) => `≠ ${link.what}`;
  const weighed = (link) => [link.kind === "conflict" ? `${short(link)} · ${link.severity}` : "", (link.reasons || []).join("; ")]
    .filter(Boolean).join(": ");

  function counted(group) {
    return [count(group.documents, "document", "documents"), count(group.speakers, "speaker", "speakers"),
      count((group.origins || []).length, "origin", "origins")].join(", ");
  }

  function row(link, end) {
    const n = numbers.get(link[end]);
    return n === undefined ? null : el("li", { class: link.kind === "conflict" ? "conflict" : "tie" },
      el("p", { class: "why" }, text(weighed(link))), go(n, says(n)));
  }

  /* Lists of what claims (their ids) are linked to, one list a kind; links among them are left out. */
  function ties(ids, kinds) {
    const lists = new Map();
    for (const id of ids) {
      for (const i of linksOf.get(id) || []) {
        const link = data.links[i];
        if (!kinds.includes(link.kind) || (ids.includes(link.source) && ids.includes(link.target))) continue;
        const from = link.source === id;
        const name = WAYS[link.kind][from ? 0 : 1];
        const made = row(link, from ? "target" : "source");
        if (made) lists.set(name, [...(lists.get(name) || []), made]);
      }
    }
    return [...lists].flatMap(([name, rows]) => [el("h3", null, `${name} (${rows.length})`), el("ul", { class: "plain" }, ...rows)]);
  }

  function side(document, span, words) {
    const at = `${nameOf(document)}, characters ${span[0].toLocaleString("en")}–${span[1].toLocaleString("en")}`;
    return el("div", null, el("small", null, text(at)), el("blockquote", { class: "quote", dir: "auto" }, words));
  }

  function groupDetails(group) {
    const origins = (group.origins || []).flatMap((origin, i) => [
      el("h3", null, text(`Origin ${i + 1}: ${origin.name}`)),
      el("p", { class: "why" }, text((origin.reasons || []).join("; "))),
      ...(origin.claims || []).flatMap((id) => {
        const n = numbers.get(id);
        return [quote(nodes[n]), el("div", { class: "plain" }, go(n, says(n)))];
      }),
    ]);
    const shared = (group.passages || []).map((p) => el("div", { class: "pair" }, side(p.a, p.a_span, p.a_words), side(p.b, p.b_span, p.b_words)));
    return [
      el("h2", { dir: "auto" }, text(`“${group.label}”`)),
      el("p", { class: "counted" }, counted(group)),
      ...ties(members(group).map((n) => nodes[n].id), ["conflict"]),
      ...origins,
      ...(shared.length ? [el("h3", null, `Shared passages (${shared.length})`), ...shared] : []),
    ];
  }

  function claimDetails(claim) {
    const group = groupOf.get(numbers.get(claim.id));
    const same = group === undefined ? [] : [el("h3", null, "Says the same as others"),
      el("div", { class: "plain" }, go(group, counted(nodes[group])))];
    return [...same, ...ties([claim.id], Object.keys(WAYS))];
  }

  /* What a line between two nodes stands for: every conflict, with both quotes. */
  function lineDetails(edge) {
    return edge.links.flatMap((i) => {
      const link = data.links[i];
      const ends = [link.source, link.target].map((id) => numbers.get(id)).filter((n) => n !== undefined);
      return [el("p", { class: "why conflict" }, text(weighed(link))),
        ...ends.flatMap((n) => [quote(nodes[n]), el("div", { class: "plain" }, go(n, says(n)))])];
    });
  }

  const hint = (edge) => edge.links.slice(0, 3).map((i) => weighed(data.links[i])).join("\n")
    + (edge.links.length > 3 ? `\nand ${edge.links.length - 3} more` : "");

  function showHint(box, edge, at) {
    box.hidden = edge === null;
    if (edge === null) return;
    box.textContent = hint(edge);
    [box.style.left, box.style.top] = [`${at.x + 12}px`, `${at.y + 12}px`];
  }

  return { groupOf, groupDetails, claimDetails, lineDetails, showHint };
}
