/** How the page looks: light, dark, on a phone and on paper. Colours meet WCAG AA on their backgrounds. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #ffffff; --ink: #16191d; --quiet: #575e68; --line: #e0e3e7; --code: #f0f2f4;
  --link: #1a56b8;
  --pass: #12703f; --pass-tint: #e9f6ef;
  --fail: #b42318; --fail-tint: #fdeeec;
  --inconclusive: #855500; --inconclusive-tint: #fdf4e1;
  --chart-sample: #4c6a92; --chart-value: #16191d; --chart-band: #c9d6e8; --chart-limit: #b42318; --chart-alert: #855500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101214; --card: #181b1f; --ink: #e8eaed; --quiet: #a0a7b1; --line: #2c3138; --code: #22262b;
    --link: #8ab6ff;
    --pass: #55c98d; --pass-tint: #12261b;
    --fail: #ff8f84; --fail-tint: #321917;
    --inconclusive: #f0b64a; --inconclusive-tint: #2c2210;
    --chart-sample: #8ba9d3; --chart-value: #f4f6f8; --chart-band: #34465f; --chart-limit: #ff8f84; --chart-alert: #f0b64a;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 1160px; margin: 0 auto; padding: 24px 20px 72px; }
h1, h2, h3, p, ul, ol, dl, dd, figure, pre { margin: 0; }
ul, ol { padding: 0; list-style: none; }
h2 { margin: 40px 0 12px; font-size: 1.15rem; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 20px 0 6px; font-size: 0.95rem; font-weight: 650; }
a { color: var(--link); text-decoration: none; }
a:hover, p a, .steps a, .needs a { text-decoration: underline; text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.quiet, figcaption, .count, small { color: var(--quiet); }
.count { margin-left: 6px; font-size: 0.85rem; font-weight: 400; letter-spacing: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tag {
  display: inline-block; margin-left: 6px; padding: 0 6px; border: 1px solid var(--line); border-radius: 4px;
  color: var(--quiet); font-size: 0.75rem; line-height: 1.5; white-space: nowrap;
}
.icon-sheet { position: absolute; width: 0; height: 0; }
.icon { flex: none; width: 1.1em; height: 1.1em; }
.outcome .icon { position: relative; top: 0.18em; }
symbol { overflow: visible; }
symbol path { fill: none; stroke: var(--card); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
symbol .shape { fill: currentColor; stroke: none; }
symbol .outline { fill: none; stroke: currentColor; stroke-width: 2; stroke-dasharray: 3.5 3; }
symbol .dash { stroke: currentColor; }
.outcome { display: inline-flex; align-items: baseline; gap: 7px; font-weight: 600; white-space: nowrap; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .inconclusive { color: var(--inconclusive); }
.not-exercised { color: var(--quiet); }

.following { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; margin-bottom: 10px; color: var(--quiet); font-size: 0.92rem; }
.following button { padding: 3px 11px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); color: var(--link); font: inherit; cursor: pointer; }
.banner { padding: 18px 26px; border: 1px solid var(--line); border-left: 6px solid; border-radius: 8px; background: var(--card); }
.banner.go { border-left-color: var(--pass); background: var(--pass-tint); }
.banner.no-go { border-left-color: var(--fail); background: var(--fail-tint); }
.banner.inconclusive { border-left-color: var(--inconclusive); background: var(--inconclusive-tint); color: inherit; }
.banner.open { border-left-color: var(--link); }
.banner h1 { display: flex; align-items: center; gap: 14px; margin: 2px 0 6px; font-size: 2.3rem; font-weight: 720; line-height: 1.15; letter-spacing: -0.025em; }
.banner.go h1 { color: var(--pass); } .banner.no-go h1 { color: var(--fail); } .banner.inconclusive h1 { color: var(--inconclusive); }
.banner h1 .icon { width: 0.95em; height: 0.95em; }
.rollout { color: var(--quiet); }
.headline { font-size: 1.05rem; }
.interrupted { margin-top: 6px; color: var(--fail); font-weight: 600; }
.waiver { margin-top: 6px; font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 36px; margin-top: 12px; padding-top: 10px; border-top: 1px solid var(--line); }
.banner .facts { border-top-color: color-mix(in srgb, var(--ink) 14%, transparent); }
dt { color: var(--quiet); font-size: 0.8rem; }
.facts dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.facts > div { min-width: 0; }
.contents { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-top: 10px; font-size: 0.92rem; font-weight: 600; }

.first { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 26px; }
.first > section { min-width: 0; }
@media (min-width: 1060px) {
  .first:has(.worst-findings) { grid-template-columns: minmax(0, 1fr) 400px; grid-template-rows: auto 1fr; }
  .first:has(.worst-findings) > .next { grid-column: 2; grid-row: 1 / span 2; }
}
.first h2 { margin-top: 26px; }
.unchecked { padding: 8px 16px; border: 1px dashed var(--line); border-radius: 8px; font-size: 0.92rem; }
.unchecked li { padding: 2px 0; }
.unchecked + p { margin-top: 6px; font-size: 0.92rem; }

.gauge { display: block; width: 120px; height: 16px; align-self: center; overflow: visible; }
.gauge .track { fill: var(--line); }
.gauge .band { fill: var(--chart-sample); opacity: 0.45; }
.gauge .value { fill: var(--chart-value); }
.gauge .limit-line { stroke: var(--chart-limit); stroke-width: 2; }
.stripe { fill: var(--chart-limit); opacity: 0.35; }
.worst .gauge { margin: 6px 0 0 auto; }

.filters { display: flex; flex-wrap: wrap; gap: 10px 28px; margin-bottom: 12px; }
.filters fieldset { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 6px; min-width: 0; margin: 0; padding: 0; border: 0; }
.filters legend { float: left; margin-right: 6px; padding: 0; color: var(--quiet); font-size: 0.85rem; }
.filters label { position: relative; cursor: pointer; }
.filters input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.filters span { display: block; padding: 3px 11px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); font-size: 0.88rem; }
.filters input:checked + span { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); color: var(--link); font-weight: 600; }
.filters input:focus-visible + span { outline: 2px solid var(--link); outline-offset: 2px; }

.load { margin-top: 12px; padding: 4px 18px 18px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); scroll-margin-top: 1rem; }
.chart-grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 460px), 1fr)); gap: 0 28px; }
.chart-grid .charts { display: contents; }

table { width: 100%; border-collapse: collapse; }
th { padding: 0 14px 6px 0; color: var(--quiet); font-size: 0.8rem; font-weight: 500; text-align: left; white-space: nowrap; }
th.number { text-align: right; }
td { padding: 9px 14px 9px 0; border-top: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
.worst, .rows, .findings, .steps, .needs, .not-checked { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.worst { border-collapse: separate; border-spacing: 0; }
.worst th { padding-top: 8px; } .worst td { padding-top: 11px; padding-bottom: 11px; }
.worst th:first-child, .worst td:first-child { padding-left: 18px; }
.worst th:last-child, .worst td:last-child { padding-right: 18px; }
.worst a { font-weight: 600; }
.worst .message { display: -webkit-box; overflow: hidden; color: var(--quiet); font-size: 0.9rem; -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
td.number small { display: block; font-size: 0.8rem; }
td.what { width: 60%; min-width: 12rem; overflow-wrap: anywhere; }
td.term { white-space: nowrap; }
td .tag { display: table; margin: 4px 0 0 24px; }

.steps { counter-reset: step; }
.steps li, .needs li, .rows li { padding: 11px 18px; border-top: 1px solid var(--line); }
.steps li:first-child, .needs li:first-child, .rows li:first-child { border-top: 0; }
.steps:empty, .not-checked:empty, .needs:empty, .rows:empty { display: none; }
.steps li { position: relative; padding-left: 48px; counter-increment: step; }
.steps li::before { content: counter(step); position: absolute; left: 18px; top: 11px; color: var(--quiet); font-variant-numeric: tabular-nums; font-weight: 600; }
.steps, section > p + ol { margin-top: 12px; }
.rollback-plan p { margin-top: 6px; } .rollback-plan .step-title { margin-top: 0; }
.step-facts { margin-top: 6px; font-size: 0.9rem; }
.step-facts dt { display: inline; margin-right: 4px; font-size: inherit; } .step-facts dt::after { content: ":"; }
.step-facts dd { display: inline; } .step-facts > div { margin-top: 3px; }
.command { display: flex; align-items: stretch; margin: 6px 0; border: 1px solid var(--line); border-radius: 6px; background: var(--code); }
.command pre { flex: 1; min-width: 0; padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.command button {
  flex: none; min-width: 5.2rem; padding: 0 12px; border: 0; border-left: 1px solid var(--line); border-radius: 0 5px 5px 0;
  background: transparent; color: var(--link); font: inherit; font-size: 0.85rem; font-weight: 600; cursor: pointer;
}
.command button:hover { background: var(--line); }
.not-checked code, .answers code, .findings summary code { color: var(--quiet); }
.not-checked { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); gap: 10px 24px; margin: 8px 0 18px; padding: 14px 18px; }
.not-checked:last-child { margin-bottom: 0; }
.not-checked li { overflow-wrap: anywhere; } .not-checked code { display: block; }
.needs li::first-letter { text-transform: uppercase; }

.rows li { display: grid; grid-template-columns: 8.2rem 2.2rem minmax(0, 1fr); gap: 0 10px; align-items: baseline; }
.row-id { color: var(--quiet); font-variant-numeric: tabular-nums; }
.answers, .links { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 0.92em; }
.rows li.probe { grid-template-columns: 8.2rem 6.4rem minmax(0, 1fr); }
.rows li.asked, .rows li.item { display: block; }
.rows li.led { grid-template-columns: 8.2rem minmax(0, 1fr); }
.item .steps { margin-top: 10px; } .item > p + *, .led .what p { margin-top: 6px; } .item .outcome { margin-right: 6px; }
.parts td:has(> .outcome) { width: 8.4rem; }
.part td:nth-child(2) { padding-left: 1.2rem; color: var(--quiet); }
.quality-issue { display: block; color: var(--inconclusive); }

details { border-top: 1px solid var(--line); }
details:first-child { border-top: 0; }
summary {
  display: grid; grid-template-columns: 8.2rem minmax(0, 1fr) 6.4rem 6.2rem 1rem; gap: 0 10px; align-items: baseline;
  padding: 11px 18px; cursor: pointer; list-style: none;
}
summary:has(.gauge) { grid-template-columns: 8.2rem minmax(0, 1fr) 120px 6.4rem 6.2rem 1rem; }
summary::-webkit-details-marker { display: none; }
summary::after {
  content: ""; width: 7px; height: 7px; margin-left: auto; border: solid var(--quiet); border-width: 0 1.6px 1.6px 0;
  transform: rotate(45deg) translate(-3px, -1px);
}
details[open] > summary::after { transform: rotate(225deg) translate(-2px, -2px); }
summary:hover { background: color-mix(in srgb, var(--line) 35%, transparent); }
summary .title { display: block; font-weight: 600; overflow-wrap: anywhere; }
summary .limit { color: var(--quiet); }
.finding { padding: 4px 18px 24px; scroll-margin-top: 5.5rem; }
.finding .message { font-size: 1.02rem; overflow-wrap: anywhere; }
.alerting { color: var(--fail); }
.warning { color: var(--inconclusive); }
.advice { margin-top: 10px; padding: 8px 14px; border-left: 3px solid var(--link); background: var(--code); border-radius: 0 6px 6px 0; }
.scroll { margin-top: 14px; overflow-x: auto; }
.scroll table:has(th:nth-child(5)) { min-width: 40rem; }
.parts td, .checks td, .requests td { padding-top: 6px; padding-bottom: 6px; font-size: 0.92rem; }
.checks td, .requests td:first-child { overflow-wrap: anywhere; }
.requests td:first-child { min-width: 15rem; }
.requests td:last-child { width: 26%; min-width: 7rem; vertical-align: middle; }
.waterfall { display: block; width: 100%; height: 8px; }
.waterfall .track { fill: var(--code); } .waterfall .span { fill: var(--chart-sample); }
.waterfall .waiting { fill: var(--chart-sample); opacity: 0.4; } .waterfall .task { fill: var(--chart-alert); }
.axis { display: flex; justify-content: space-between; }
.counts { margin-top: 14px; font-variant-numeric: tabular-nums; }
.seen li { margin-top: 4px; padding: 6px 10px; background: var(--code); border-radius: 4px; overflow-wrap: anywhere; }
.finding-facts { margin-top: 20px; padding-top: 14px; border-top: 1px solid var(--line); }
.finding-facts, .identity { display: grid; gap: 6px; }
.identity { margin-top: 14px; }
.finding-facts > div, .identity > div { display: grid; grid-template-columns: 8.2rem minmax(0, 1fr); gap: 10px; align-items: baseline; }
.finding-facts dd, .identity dd { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.identity { grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); column-gap: 32px; }

.film ol { display: flex; flex-wrap: wrap; gap: 10px; }
.film li { flex: 1 1 200px; max-width: 320px; font-size: 0.85rem; font-variant-numeric: tabular-nums; }
.film img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; }
figure { margin-top: 16px; }
figcaption { font-size: 0.85rem; }
.chart { overflow-x: auto; }
.chart svg { display: block; width: 100%; min-width: 520px; max-width: 760px; height: auto; color: var(--quiet); font-size: 11px; font-variant-numeric: tabular-nums; }

@media (max-width: 640px) {
  main { padding: 14px 12px 48px; }
  .banner { padding: 18px 16px; }
  .banner h1 { font-size: 2rem; }
  .facts { gap: 10px 24px; }
  h2 { margin-top: 32px; }
  .worst, .worst tbody { display: block; }
  .worst thead { display: none; }
  .worst tr { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 12px 14px; border-top: 1px solid var(--line); }
  .worst tr:first-child { border-top: 0; }
  .worst td, .worst td:first-child { padding: 0; border: 0; width: auto; }
  .worst td:nth-child(-n + 2) { flex: 1 0 100%; min-width: 0; }
  .worst td.number { text-align: left; }
  .worst td[data-label]::before { content: attr(data-label); display: block; color: var(--quiet); font-size: 0.8rem; }
  .worst td .tag { display: inline-block; margin: 0 0 0 8px; }
  .worst .gauge { margin-left: 0; }
  .load { padding-left: 12px; padding-right: 12px; }
  .not-checked { padding-left: 14px; padding-right: 14px; }
  .steps li, .needs li, .rows li, summary, .finding { padding-left: 14px; padding-right: 14px; }
  .steps li { padding-left: 36px; } .steps li::before { left: 14px; }
  .command { flex-direction: column; }
  .command button { min-height: 36px; border-left: 0; border-top: 1px solid var(--line); }
  .rows li { grid-template-columns: auto 1fr; } .rows li.led { grid-template-columns: minmax(0, 1fr); } .rows li .what { grid-column: 1 / -1; }
  .rows li.probe { grid-template-columns: auto 1fr; }
  summary, summary:has(.gauge) { grid-template-columns: auto 1fr auto 1rem; }
  summary .what { grid-column: 1 / -1; grid-row: 2; }
  summary .gauge { display: none; }
  summary .number { grid-row: 1; } summary .number.limit { grid-column: 3; } summary .number:not(.limit) { grid-column: 2; }
  summary::after { grid-row: 1; grid-column: 4; }
  .finding-facts > div, .identity > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .identity { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { --page: #fff; }
  html { font-size: 11.5px; }
  body { font-size: 11px; }
  main { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary::after, .command button, .filters, .contents, .following { display: none; }
  .first { display: block; }
  .worst .message { display: block; }
  .findings > details { display: block !important; }
  .chart { overflow: visible; }
  .chart svg { min-width: 0; }
  details, tr, figure, .steps li { break-inside: avoid-page; }
  .banner { print-color-adjust: exact; }
}
`;
