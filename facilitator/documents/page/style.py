"""How a page looks: on a screen, light and dark as the reader's system says, on a phone, and on paper."""

SCREEN = """
:root{color-scheme:light dark;--ground:#fbfaf7;--surface:#fff;--edge:#d9d4c7;--ink:#1d242b;--muted:#5b6672;
--accent:#1f6f8b;--tint:#e6f1f4}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',
Arial,'Noto Sans',sans-serif;overflow-wrap:anywhere}
body{margin:0 auto;padding:2.5rem 1.5rem 5rem;max-width:64rem}
h1,h2,h3,p,li,th,td,dd{unicode-bidi:plaintext}
h1{font-size:2rem;line-height:1.2;margin:0 0 1.5rem;letter-spacing:-.01em}
h2{font-size:1.375rem;line-height:1.3;margin:2.75rem 0 1rem;padding-top:1rem;border-top:1px solid var(--edge)}
h3{font-size:1.0625rem;line-height:1.4;margin:2rem 0 .75rem}
p{margin:0 0 1rem;max-width:46rem}
ul,ol{margin:0 0 1rem;padding-left:1.5rem;max-width:46rem}
li{margin:.25rem 0}
li>p{margin-bottom:.25rem}
li>ul,li>ol{margin-bottom:.25rem}
em{color:var(--muted)}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.15em}
a:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:1rem;background:var(--surface);padding:.5rem 1rem}
nav{margin:2rem 0 0}
nav h2{font-size:.875rem;color:var(--muted);font-weight:600;margin:0 0 .25rem;padding:0;border:0}
nav ul{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;max-width:none}
.scroll{overflow-x:auto;margin:0 0 1.25rem}
table{border-collapse:collapse;font-size:.9375rem;line-height:1.45}
th,td{text-align:left;vertical-align:top;padding:.5rem 1.25rem .5rem 0;border-bottom:1px solid var(--edge)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-weight:600;white-space:nowrap;overflow-wrap:normal}
tbody th{font-weight:600}
td{min-width:4.5rem;overflow-wrap:break-word}
td.text{min-width:15rem}
td.first{min-width:0;white-space:nowrap;font-variant-numeric:tabular-nums}
.facts{margin:0;font-size:.9375rem;line-height:1.45}
.facts div{display:grid;grid-template-columns:12rem 1fr;padding:.375rem 0;border-bottom:1px solid var(--edge)}
.facts div:last-child{border-bottom:0}
.facts dt{color:var(--muted);font-weight:600}
.facts dd{margin:0}
.day th{padding-top:1.25rem}
figure{margin:0 0 1.5rem}
figure .scroll{margin:0;border:1px solid var(--edge);border-radius:8px}
figure svg{display:block}
figcaption{color:var(--muted);font-size:.875rem;padding-top:.5rem}
@media screen and (min-width:62rem){figure svg,figure img{max-width:100%;height:auto}
figure .scroll{width:max-content;min-width:100%;max-width:calc(100vw - 5rem);position:relative;left:50%;
transform:translateX(-50%)}}
"""
"""The style of a page that is read on a screen."""

DARK = """
@media screen and (prefers-color-scheme:dark){:root{--ground:#14181d;--surface:#1c222a;--edge:#3b4653;--ink:#dfe4ea;
--muted:#9aa5b1;--accent:#7fb4ca;--tint:#1b2f38}}
"""

NARROW = """
@media (max-width:34rem){body{padding:1.5rem 1rem 3rem}h1{font-size:1.5rem}
.facts div{grid-template-columns:1fr}
th,td{padding-right:.75rem}td.text{min-width:12rem}td.first{min-width:4.5rem;white-space:normal}}
"""

PAPER = """
@page{size:A4;margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
@media print{html{font-size:9.5pt;line-height:1.5;background:#fff}body{max-width:none;padding:0}
nav,.skip{display:none}h2{margin-top:1.75rem;padding-top:.6rem}h2,h3,figcaption{break-after:avoid}
tr{break-inside:avoid}p,li{orphans:2;widows:2}thead{display:table-header-group}.scroll{overflow:visible}table{font-size:8.5pt;width:100%}
th,td{padding:.3rem .7rem .3rem 0}td,td.text{min-width:0}.facts div{padding:.2rem 0;grid-template-columns:10rem 1fr}
.wide table{font-size:7pt}.wide thead th{white-space:normal}figure .scroll{border:0}
figure svg{max-width:100%;height:auto;max-height:230mm}figure{break-inside:avoid}figcaption{display:none}
a{color:inherit;text-decoration-color:var(--edge)}.facilitator-picture .ground{fill:none}}
"""

STYLE = SCREEN + DARK + NARROW + PAPER
"""The whole style of a page."""
