/** Styles of the report page; light and dark by the reader's preference. */
export const pageStyle = `
:root{color-scheme:light dark;--bg:#fafaf8;--card:#fff;--ink:#1d2327;--soft:#5e6a71;--line:#e3e5e2;--accent:#1f6f8b;--range:#9cc3d1;--good:#2b7a4b;--goodbg:#e8f4ec;--bad:#b3362b;--badbg:#fbeae8;--live:#b7791f;--mark:#f1f3f0}
@media (prefers-color-scheme:dark){:root{--bg:#14181b;--card:#1c2226;--ink:#e4e8ea;--soft:#98a4ab;--line:#2e363b;--accent:#6fbcd6;--range:#35586a;--good:#74c796;--goodbg:#1b3225;--bad:#f0857b;--badbg:#3a211f;--live:#e0ac57;--mark:#252c31}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.2;margin:0}
h2{font-size:17px;margin:36px 0 12px}
h3{font-size:13px;font-weight:600;color:var(--soft);margin:0 0 8px}
p{margin:6px 0}
.other{text-align:right;margin:0 0 8px;font-size:13px}
.other a{color:var(--accent)}
.soft{color:var(--soft)}
.small{font-size:13px}
.verdict{display:flex;gap:16px;align-items:center;border:1px solid var(--line);border-left:6px solid var(--soft);border-radius:8px;background:var(--card);padding:18px 22px}
.verdict.passed{border-left-color:var(--good)}
.verdict.failed{border-left-color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-top:14px}
.tile,.card{border:1px solid var(--line);border-radius:8px;background:var(--card);padding:14px 16px}
.tile b{display:block;font-size:22px;font-weight:600;font-variant-numeric:tabular-nums}
.tile .delta{display:block;font-size:13px;font-weight:400;white-space:nowrap}
.grid2{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:14px}
.card+.card.wide{margin-top:14px}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}
svg .tick{fill:var(--soft);font-size:11px}
svg .value{font-variant-numeric:tabular-nums;font-weight:600}
svg .value .tick{font-weight:400}
svg .grid{stroke:var(--line)}
svg .axis{stroke:var(--soft);opacity:.5}
svg .range{stroke:var(--range);stroke-width:7;stroke-linecap:round}
svg .dot{fill:var(--accent)}
svg .failed .dot{fill:var(--bad)}
svg .failed .name{fill:var(--bad);font-weight:600}
svg .live{fill:none;stroke:var(--live);stroke-width:1.8}
svg .gate{stroke-width:2.5}
svg .gate.met{stroke:var(--good)}
svg .gate.missed{stroke:var(--bad)}
svg .bar{fill:var(--accent);opacity:.85}
svg .bar.bad{fill:var(--bad)}
svg .count{font-size:11px}
.legend{display:flex;flex-wrap:wrap;gap:18px;color:var(--soft);font-size:13px;margin:8px 0 0}
.legend svg{display:inline-block;width:26px;height:12px;vertical-align:-1px;margin-right:6px}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:8px 12px;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:600;font-size:13px;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.id{white-space:nowrap;font-variant-numeric:tabular-nums}
tr.scope td{background:var(--mark);font-weight:600;color:var(--soft);font-size:13px}
.pill{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12px;font-weight:600;white-space:nowrap;background:var(--mark);color:var(--soft)}
.pill.good{background:var(--goodbg);color:var(--good)}
.pill.bad{background:var(--badbg);color:var(--bad)}
.up{color:var(--good)}
.down{color:var(--bad)}
.q{max-width:520px;overflow-wrap:anywhere}
.q .a{margin:4px 0 0}
.q .reason{color:var(--bad);font-size:13px;margin:2px 0 0}
.lab{color:var(--soft);font-size:12px;margin-right:6px}
details summary{cursor:pointer;color:var(--accent);font-size:13px}
.tools{display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin:0 0 10px}
.tools input,.tools select{font:inherit;font-size:14px;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 10px}
.tools input{flex:1;min-width:200px}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
tr[hidden]{display:none}
@media print{.tools{display:none}body{background:#fff}}
`;
