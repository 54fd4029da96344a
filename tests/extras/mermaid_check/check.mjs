// Reads diagrams as JSON lines {"name", "source", "drawn"} and answers each with {"name", "labels", "active"}, or with
// {"name", "error"}: the texts that Mermaid shows in the nodes, once it has drawn the diagram, and any element that it
// should not have made.
import { createInterface } from "node:readline";
import { JSDOM } from "jsdom";

const page = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
globalThis.window = page.window;
for (const name of ["document", "Element", "HTMLElement", "SVGElement", "Node", "DOMParser", "XMLSerializer", "CSSStyleSheet"]) {
  globalThis[name] = page.window[name];
}
// There is no layout here: every text is equally large.
const size = () => ({ x: 0, y: 0, width: 100, height: 20 });
page.window.SVGElement.prototype.getBBox = size;
page.window.SVGElement.prototype.getComputedTextLength = () => 100;
// Shapes of one size for all may miss the lines to them; Mermaid then writes down the node instead of the point.
globalThis.btoa = (text) => Buffer.from(text, "utf8").toString("base64");

const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 50000, maxEdges: 500 });

const ACTIVE = "script, iframe, object, embed, img, a, image, input, form, button, [onclick], [onerror], [onload]";

async function answer({ name, source, drawn: wanted }, number) {
  try {
    await mermaid.parse(source);
    if (!wanted) return { name, labels: [], active: [] };
    const { svg } = await mermaid.render(`diagram${number}`, source);
    const drawn = page.window.document.createElement("div");
    drawn.innerHTML = svg;
    const nodes = [...drawn.querySelectorAll("g.node")];
    const labels = nodes.map((node) => node.querySelector(".nodeLabel, .label").textContent);
    const marked = [...drawn.querySelectorAll(".nodeLabel *:not(p)")].map((each) => each.outerHTML);
    const active = [...drawn.querySelectorAll(ACTIVE)].map((each) => each.outerHTML);
    return { name, labels, active: [...active, ...marked] };
  } catch (error) {
    return { name, error: String(error?.stack ?? error) };
  }
}

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (line) process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line), number++))}\n`);
}
