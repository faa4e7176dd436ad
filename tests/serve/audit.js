// What a reader with a screen reader, a keyboard, weak eyes or a phone would stumble over; [] for nothing.
() => {
  const faults = [];
  const say = (what, node) => faults.push(`${what}: ${node.outerHTML.slice(0, 120)}`);
  const html = document.documentElement;
  if (!["zh-CN", "en"].includes(html.lang)) faults.push("no lang");
  if (html.scrollWidth > innerWidth) faults.push(`wider than the screen: ${html.scrollWidth}`);
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) say(`h${own} below h${level}`, heading);
    level = own;
  }
  for (const field of document.querySelectorAll("input, select, textarea"))
    if (!field.labels || !field.labels.length) say("no label", field);
  for (const image of document.querySelectorAll("img")) if (!image.alt) say("no alt", image);
  for (const frame of document.querySelectorAll("iframe")) if (!frame.title) say("no title", frame);
  for (const table of document.querySelectorAll("table:not(.grid)")) {
    if (!table.caption) say("no caption", table);
    if (table.querySelector("th:not([scope])")) say("th without scope", table.querySelector("th:not([scope])"));
  }
  for (const area of document.querySelectorAll(".scroll"))
    if (area.tabIndex !== 0 || !(area.getAttribute("aria-labelledby") || area.getAttribute("aria-label")))
      say("not to be scrolled with keys", area);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) faults.push(`two of id ${id}`);
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)))) say("leads nowhere", link);
  for (const link of document.querySelectorAll("a[href], button"))
    if (!(link.textContent.trim() || link.getAttribute("aria-label"))) say("no name", link);

  const light = (part) => ((part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const style = getComputedStyle(node), colour = numbers(style.backgroundColor);
      if (style.backgroundImage !== "none") return null;
      if (colour.length === 3 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(node) || !node.checkVisibility()) continue;
    seen.add(node);
    const style = getComputedStyle(node), under = ground(node);
    if (!under || node.closest("option, .hidden, [aria-hidden=true]")) continue;
    const [high, low] = [luminance(numbers(style.color)), luminance(under)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, node);
  }
  return faults;
}
