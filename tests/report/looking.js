// What a page looks like, asked in the browser. One expression: an object of functions, each of which gives plain data.
(() => {
  const style = (element) => getComputedStyle(element);
  const above = (element) => element.parentElement;
  const name = (element) => {
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const marks = [element.id && `#${element.id}`, ...[...element.classList].map((one) => `.${one}`)].filter(Boolean);
    return `<${element.localName}${marks.join("")}> ${text}`;
  };

  // Words for those who listen only: a box of a pixel, or clipped to nothing.
  const unseen = (element) => {
    for (let one = element; one; one = above(one)) {
      const box = one.getBoundingClientRect(), how = style(one);
      if (how.position === "absolute" && how.overflow !== "visible" && box.width <= 1 && box.height <= 1) return true;
      if (how.clipPath.startsWith("inset(50%")) return true;
      if (how.position === "absolute" && box.right <= 0) return true; // a skip link that waits for the focus
    }
    return false;
  };
  const shown = (element) =>
    element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && !unseen(element);

  // Every piece of text that is seen, with its element.
  const texts = () => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const looked = new Map();
    while (walker.nextNode()) {
      const node = walker.currentNode, element = node.parentElement;
      if (!node.data.trim() || ["style", "script", "title", "desc"].includes(element.localName)) continue;
      if (!looked.has(element)) looked.set(element, shown(element));
      if (looked.get(element)) found.push([node, element]);
    }
    return found;
  };
  const boxes = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  };
  const scrolls = (element) => ["auto", "scroll"].includes(style(element).overflowX);

  return {
    // What is wider than the window, or leaves the box that it is written in. What scrolls may hold more than it shows.
    overflowing() {
      const found = [], width = document.documentElement.clientWidth, root = document.documentElement;
      if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide in a window of ${width} px`);
      for (const [node, element] of texts()) {
        const drawing = element.closest("svg"), inner = drawing || element;
        let block = inner;
        while (!drawing && ["inline", "contents"].includes(style(block).display)) block = above(block);
        let scroller = above(inner);
        while (scroller && !scrolls(scroller)) scroller = above(scroller);
        const home = block.getBoundingClientRect();
        for (const box of boxes(node)) {
          const sides = { left: home.left - box.left, right: box.right - home.right };
          if (drawing) Object.assign(sides, { top: home.top - box.top, bottom: box.bottom - home.bottom });
          for (const [side, by] of Object.entries(sides)) {
            const bare = ["top", "bottom"].includes(side) ? box.height / 8 : 1; // a line's box is higher than its letters
            if (by > bare) found.push(`${name(element)} leaves its ${block.localName} by ${by.toFixed(1)} px: ${side}`);
          }
          if (!scroller && (box.left < -1 || box.right > width + 1)) found.push(`${name(element)} leaves the window`);
        }
      }
      for (const element of document.body.querySelectorAll("*")) {
        if (!scrolls(element) || !shown(element)) continue;
        const box = element.getBoundingClientRect();
        if (box.left < -1 || box.right > width + 1) found.push(`${name(element)} scrolls, and leaves the window itself`);
      }
      return [...new Set(found)];
    },

    // Text that a box cuts off: Thai has marks above and below that a low line loses.
    clipped() {
      const found = [];
      for (const element of document.body.querySelectorAll("*")) {
        if (element.namespaceURI.endsWith("svg") || !element.textContent.trim()) continue;
        const how = style(element), hides = (way) => ["hidden", "clip"].includes(way);
        if (!(hides(how.overflowX) || hides(how.overflowY)) || !shown(element)) continue;
        if (hides(how.overflowY) && element.scrollHeight > element.clientHeight + 1) found.push(name(element));
        else if (hides(how.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(name(element));
      }
      return found;
    },

    // For every text that is seen: its colour, and the colours below it, the lowest first.
    colours() {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.backgroundColor = "Canvas"; // what a page has where nothing is painted
      const canvas = style(probe).backgroundColor;
      probe.remove();
      const clear = (one) => one === "rgba(0, 0, 0, 0)" || one === "none";
      const below = (element) => {
        const layers = [];
        for (let one = element; one; one = above(one)) {
          const painted = style(one).backgroundColor;
          if (!clear(painted)) layers.unshift(painted);
        }
        return [canvas, ...layers];
      };
      // In a drawing: the shapes that were painted before the text and lie under its middle.
      const under = (text) => {
        const drawing = text.closest("svg"), box = text.getBoundingClientRect(), layers = below(drawing);
        const middle = new DOMPoint(box.left + box.width / 2, box.top + box.height / 2);
        for (const shape of drawing.querySelectorAll("rect, path, circle, ellipse, polygon")) {
          if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
          const fill = style(shape).fill;
          if (clear(fill) || !fill.includes("(") || fill.startsWith("url") || !shape.checkVisibility()) continue;
          if (shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()))) layers.push(fill);
        }
        const how = style(text); // a halo, painted before the letters, is what they lie on
        if (how.paintOrder.startsWith("stroke") && !clear(how.stroke)) layers.push(how.stroke);
        return layers;
      };
      const found = new Map();
      for (const [, element] of texts()) {
        const drawn = Boolean(element.closest("svg"));
        const item = {
          colour: drawn ? style(element).fill : style(element).color,
          below: drawn ? under(element) : below(element),
          opacity: 1,
        };
        for (let one = element; one; one = above(one)) item.opacity *= Number(style(one).opacity);
        const key = JSON.stringify(item);
        if (!found.has(key)) found.set(key, { ...item, text: name(element) });
      }
      return [...found.values()];
    },

    // The page's own colours: custom properties of the root, by name.
    palette() {
      const names = new Set();
      const read = (rules) => {
        for (const rule of rules) {
          if (rule.cssRules) read(rule.cssRules);
          if (rule.style) for (const one of rule.style) if (one.startsWith("--")) names.add(one);
        }
      };
      for (const sheet of document.styleSheets) read(sheet.cssRules);
      const probe = document.body.appendChild(document.createElement("i")), found = {};
      for (const one of names) {
        const value = style(document.documentElement).getPropertyValue(one).trim();
        if (!CSS.supports("color", value)) continue;
        probe.style.color = value;
        found[one.slice(2)] = style(probe).color;
      }
      probe.remove();
      return found;
    },

    // Where Tab may stop, in the order of the document; of the radio inputs of one group, the one that is chosen.
    stops() {
      const may = "a[href], button, input, select, textarea, summary, [tabindex]";
      window.stops = [...document.querySelectorAll(may)].filter((element) => {
        if (element.tabIndex < 0 || element.disabled) return false;
        if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) return false;
        return element.type !== "radio" || element.checked;
      });
      const start = document.createElement("button"); // Tab goes on from where the focus was, though that is gone
      document.body.prepend(start);
      start.focus();
      start.remove();
      window.rings = new Map(window.stops.map((element) => [element, ringed(element)]));
      window.scrollTo(0, 0);
      return window.stops.map(name);
    },

    // Where the focus is now: its place among the stops, and whether a person sees where that is.
    focus() {
      const element = document.activeElement;
      if (element === document.body || element === document.documentElement) return null;
      const box = (element.labels?.[0] || element).getBoundingClientRect();
      const before = window.rings.get(element) || [];
      return {
        place: window.stops.indexOf(element),
        name: name(element),
        ring: ringed(element).some((one, n) => one && one !== before[n]),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        main: Boolean(element.closest("main")),
        nav: Boolean(element.closest("nav")),
        goes: element.getAttribute("href"),
        type: element.type || "",
      };
    },

    // In print: what is folded away, and tables whose headings do not come again on the next sheet.
    unprinted() {
      const main = (element) => !element.closest("main") || element.closest("main").checkVisibility();
      const found = [];
      for (const details of document.querySelectorAll("details")) {
        if (!main(details) || !above(details).checkVisibility()) continue;
        for (const one of details.children) {
          const folded = !one.checkVisibility({ contentVisibilityAuto: true }) || one.getBoundingClientRect().height === 0;
          if (one.localName !== "summary" && one.textContent.trim() && folded) found.push(`${name(details)} stays folded`);
        }
      }
      for (const table of document.querySelectorAll("table")) {
        if (!table.checkVisibility()) continue;
        if (!table.tHead) found.push(`${name(table)} has no thead`);
        else if (style(table.tHead).display !== "table-header-group") found.push(`${name(table)} has headings once`);
      }
      return found;
    },

    // The languages of what is displayed.
    mains() {
      return [...document.querySelectorAll("main")].filter((one) => one.checkVisibility()).map((one) => one.lang);
    },
  };

  // The outlines that belong to an element: its own where it is seen, its label's, and that of what stands next to it.
  function ringed(element) {
    return [element, element.nextElementSibling, element.labels?.[0]].map((one) => {
      if (!one || Number(style(one).opacity) === 0) return "";
      const how = style(one);
      return how.outlineStyle === "none" || parseFloat(how.outlineWidth) < 2 ? "" : how.outline;
    });
  }
})()
