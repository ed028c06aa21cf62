const light = '#1f6f8b #c2541b #2b7a4b #8c4fa3 #a8790f #b3362b #3d5a9e #6b6f1f #c0397f #5e6a71'.split(' ');
const dark = '#6fbcd6 #f0945c #74c796 #c795dc #e0b957 #f0857b #8fa8ea #b9bd63 #f08abb #a9b4ba'.split(' ');
const dashes = ['none', '7 3', '2 3', '9 3 2 3', '14 4'];

const colours = (list: readonly string[]): string =>
  list.map((colour, at) => `--c${String(at)}:${colour}`).join(';');
const rules = (list: readonly string[], rule: (value: string, at: string) => string): string =>
  list.map((value, at) => rule(value, String(at))).join('\n');

/** Styles of the page of curves; light and dark by the reader's preference. */
export const pageStyle = `
:root{color-scheme:light dark;--bg:#fafaf8;--card:#fff;--ink:#1d2327;--soft:#5e6a71;--line:#e3e5e2;--accent:#1f6f8b;--bad:#b3362b;--mark:#f1f3f0;--q0:#1f6f8b;--q1:#5b9bb0;--q2:#8fb8c6;--q3:#b5ccd4;${colours(light)}}
@media (prefers-color-scheme:dark){:root{--bg:#14181b;--card:#1c2226;--ink:#e4e8ea;--soft:#98a4ab;--line:#2e363b;--accent:#6fbcd6;--bad:#f0857b;--mark:#252c31;--q0:#6fbcd6;--q1:#5296ac;--q2:#417583;--q3:#375a66;${colours(dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1180px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:17px;margin:36px 0 12px}
h3{font-size:13px;font-weight:600;color:var(--soft);margin:0 0 8px}
p{margin:6px 0}
.other{text-align:right;margin:0;font-size:13px}
.other a{color:var(--accent)}
.soft{color:var(--soft)}
.small{font-size:13px}
.card{border:1px solid var(--line);border-radius:8px;background:var(--card);padding:14px 16px}
.grid2{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:14px}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.bar{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;margin:0 0 12px;font-size:13px}
.card+.bar{margin-top:10px}
.bar span{white-space:nowrap}
.bar svg,td svg{display:inline-block;width:34px;height:10px;vertical-align:1px;margin-right:7px}
.switch{margin-left:auto;color:var(--soft);cursor:pointer;user-select:none;order:9}
#log{position:absolute;opacity:0}
.switch::before{content:"";display:inline-block;width:13px;height:13px;border:1px solid var(--soft);border-radius:3px;margin-right:7px;vertical-align:-2px}
#log:checked~.bar .switch::before{background:var(--accent);border-color:var(--accent);box-shadow:inset 0 0 0 2px var(--card)}
#log:focus-visible~.bar .switch{outline:2px solid var(--accent);outline-offset:3px}
#log:checked~.grid2 .linear,#log:not(:checked)~.grid2 .log{display:none}
.grid2 svg{display:block;width:100%;height:auto}
svg.wide{display:block;max-width:none;margin:0 auto}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}
svg .tick{fill:var(--soft);font-size:11px;font-variant-numeric:tabular-nums}
svg .name{font-weight:600}
svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:3px}
svg .grid{stroke:var(--line)}
svg .axis{stroke:var(--soft);opacity:.5}
svg .axis.strong{opacity:.9}
.line,.faint,.trial{fill:none;stroke-linejoin:round}
.line{stroke-width:1.8}
.faint{stroke-width:1;opacity:.32;stroke-dasharray:none!important}
.ring{fill:none;stroke-width:1.6;stroke-dasharray:none!important}
g:hover>.line,.trial:hover{stroke-width:3.5;opacity:1}
.trial{stroke-width:1.4}
.complete{stroke:var(--q3);stroke-width:1.6}
.complete.q0{stroke:var(--q0)}
.complete.q1{stroke:var(--q1)}
.complete.q2{stroke:var(--q2)}
.pruned{stroke:var(--soft);opacity:.45;stroke-dasharray:3 3}
.failed{stroke:var(--bad);opacity:.8;stroke-dasharray:2 4}
.best{stroke:var(--c1);stroke-width:3}
circle.pruned,circle.complete,circle.failed,circle.best{stroke:none;fill:var(--soft)}
${rules(light, (_, at) => `.c${at}{stroke:var(--c${at})}.mark.c${at}{fill:var(--c${at});stroke:none}`)}
${rules(dashes, (dash, at) => `.d${at}{stroke-dasharray:${dash}}`)}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{text-align:left;vertical-align:top;padding:7px 9px;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:600;font-size:13px;vertical-align:bottom}
td{white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
td.why{white-space:normal;min-width:260px;overflow-wrap:anywhere}
tr.won td{background:var(--mark);font-weight:600}
.pill{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12px;font-weight:600;background:var(--mark);color:var(--soft)}
.pill.bad{color:var(--bad)}
@media print{body{background:#fff}.switch{display:none}}
`;
