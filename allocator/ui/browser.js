(told) => {
  const held = (window.allocatorHelp ??= { lang: null, watch: null, ahead: false });

  // Pieces of the library are loaded while the first page is read, one after another.
  const load = async () => {
    const own = document.querySelector('script[type="module"][src*="/static/js/"]');
    if (!own) return;
    for (const name of told.ahead) {
      await new Promise((go) => (window.requestIdleCallback ?? setTimeout)(go));
      const address = new URL(name, own.src);
      if (name.endsWith(".css")) {
        const path = address.pathname;
        if (document.querySelector(`link[href="${path}"]`)) continue;
        const sheet = document.createElement("link");
        Object.assign(sheet, { rel: "stylesheet", href: path });
        document.head.appendChild(sheet);
      } else await import(address.href).catch(() => {});
    }
  };
  if (!held.ahead) {
    held.ahead = true;
    setTimeout(load, 700);
  }

  if (held.lang === told.lang) return;
  const turned = held.lang !== null && told.lang === "en";
  held.lang = told.lang;
  held.watch?.disconnect();
  held.watch = null;
  if (told.lang === "en" && !turned) return;

  const pairs = Object.entries(told.words);
  const words = new Map(turned ? pairs.map(([en, zh]) => [zh, en]) : pairs);
  const patterns = turned ? [] : told.patterns.map(([from, to]) => [new RegExp(from), to]);
  const named = ["title", "aria-label", "placeholder"];
  const NAMED = named.map((name) => `[${name}]`).join(",");
  // What planners write stands in such containers; of these only tooltips hold fixed words.
  const theirs = '[data-testid="stMarkdownContainer"]';
  const tips = '[data-testid="stTooltipContent"], [role="tooltip"], [data-testid^="stFileUploader"]';

  const said = (text) => {
    const bare = text.trim();
    if (!bare || bare.length > 80) return null;
    const word = words.get(bare);
    if (word !== undefined) return word;
    // A button of a table names the table it belongs to.
    const [first, ...rest] = bare.split(": ");
    const led = rest.length ? words.get(first) : undefined;
    if (led !== undefined) return `${led}：${rest.join(": ")}`;
    for (const [from, to] of patterns) if (from.test(bare)) return bare.replace(from, to);
    return null;
  };
  const name = (element) => {
    for (const about of named) {
      const text = element.getAttribute(about);
      const word = text && said(text);
      if (word) element.setAttribute(about, word);
    }
  };
  const word = (text) => {
    const found = said(text.data);
    if (found === null) return;
    const around = text.parentElement;
    if (!around || around.closest("script, style, textarea")) return;
    if (around.closest(theirs) && !around.closest(tips)) return;
    text.data = found;
  };
  const all = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return word(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(NAMED)) name(node);
    node.querySelectorAll(NAMED).forEach(name);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) word(texts.currentNode);
  };

  all(document.body);
  if (turned) return;
  held.watch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") name(change.target);
      else if (change.type === "characterData") word(change.target);
      else change.addedNodes.forEach(all);
    }
  });
  held.watch.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: named,
  });
};
