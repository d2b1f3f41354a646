/** The report's look: system letters, two schemes, from a phone's width up. Blue and orange are told apart without colour vision. */
export const REPORT_STYLES = `
:root{--ground:#fffefd;--text:#191613;--quiet:#665f58;--line:#ddd8d2;--surface:#f5f2ee;--bar:#0072b2;--mark:#b34700;--found:#fde9c8;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ground:#131110;--text:#ebe8e5;--quiet:#a8a19a;--line:#3a3531;--surface:#1d1a18;--bar:#56b4e9;--mark:#ff9a63;--found:#4a3413}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0;overflow-wrap:anywhere}
h2{font-size:1.3rem;margin:0 0 .75rem}
h3{font-size:1.05rem;margin:1.25rem 0 .5rem}
section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
p{margin:.5rem 0;overflow-wrap:anywhere}
li{overflow-wrap:anywhere}
small{display:block;color:var(--quiet);font-weight:400}
summary small,figcaption small,p small{display:inline;margin-left:.4em}
.lead,footer{color:var(--quiet)}
footer{margin-top:3rem;font-size:.875rem}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:.75rem;margin:1.5rem 0 0}
.numbers div{background:var(--surface);border-radius:.5rem;padding:.6rem .8rem}
dt{color:var(--quiet);font-size:.875rem}
dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
svg{display:block}
svg text{font:12px system-ui,sans-serif;fill:var(--text)}
svg text.quiet{fill:var(--quiet)}
.columns{overflow:visible;margin:.75rem 0}
.bar{fill:var(--bar)}
.track{fill:var(--line)}
.marked .bar{fill:var(--mark)}
.axis{stroke:var(--quiet)}
.mark{stroke:var(--mark);stroke-width:2;stroke-dasharray:4 3}
svg text.mark-label{fill:var(--mark);font-weight:600}
.share{margin-top:.25rem;min-width:5rem}
.scroll{overflow-x:auto;margin:.5rem 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);font-size:.875rem;padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.875rem;white-space:nowrap}
tbody th{font-weight:500;min-width:9rem}
.checks td:nth-child(2){min-width:8rem;width:35%}
.tag{display:inline-block;font-size:.75rem;border:1px solid var(--quiet);border-radius:1rem;padding:0 .5em;margin-left:.3em;color:var(--quiet)}
.failures{padding-left:1.4rem}
.failures li{margin-bottom:1rem}
.count{font-variant-numeric:tabular-nums;color:var(--mark);font-weight:700}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
.pair{border:1px solid var(--line);border-radius:.5rem;padding:.25rem .75rem}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem;margin:.5rem 0}
figure{margin:0;min-width:0}
figcaption{font-weight:600;margin-bottom:.25rem;overflow-wrap:anywhere}
pre{margin:0;max-height:32rem;overflow:auto;background:var(--surface);border-radius:.5rem;padding:.5rem 0;font:13px/1.5 ui-monospace,monospace;tab-size:2}
pre>*{display:block;padding-right:.75rem;width:max-content;min-width:100%;white-space:pre;color:inherit}
pre mark{background:var(--found)}
.line{display:inline-block;width:3.5em;padding-right:.9em;text-align:right;color:var(--quiet);user-select:none}
mark .line{color:inherit}
@media print{details{display:block}.scroll{overflow:visible}}
`;
