/** The look of the report page: one column, light or dark as the reader prefers, black on white in print. */
export const pageStyle = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1a1a1a; --faint: #666; --rule: #d0d0d0; --good: #17692d; --bad: #b3261e; --doubt: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181c; --ink: #e4e4e4; --faint: #9a9a9a; --rule: #3a3d44; --good: #6cc485; --bad: #ff8a80; --doubt: #e3b341; } }
body { margin: 2rem auto; max-width: 66rem; padding: 0 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; font-size: 1.25rem; } h3 { margin-top: 1.5rem; font-size: 1rem; }
.faint { color: var(--faint); }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
caption { padding-bottom: .3rem; color: var(--faint); text-align: left; }
th { font-weight: 600; } thead th { color: var(--faint); } tbody th { min-width: 5.5rem; font-weight: 400; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; } .doubt { color: var(--doubt); }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .85rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; white-space: pre-wrap; }
figure { margin: 1rem 0; overflow-x: auto; background: #fff; border: 1px solid var(--rule); }
figure svg { display: block; max-width: 100%; height: auto; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; } dt { grid-column: 1; } dd { grid-column: 2; margin: 0; }
@media screen and (max-width: 40rem) { body { margin: 1rem auto; padding: 0 .6rem; } table { font-size: .75rem; } th, td { padding-right: .45rem; } tbody th { min-width: 4rem; } dl { display: block; } dt { margin-top: .6rem; color: var(--faint); } figure svg { max-width: none; } }
@media print { :root { --ground: #fff; --ink: #000; --faint: #444; --rule: #999; --good: #000; --bad: #000; --doubt: #000; } body { margin: 0; max-width: none; } .wide { overflow: visible; } table { font-size: .7rem; } th, td { padding-right: .4rem; } thead { display: table-header-group; } .divergence, tr { break-inside: avoid; } }
`
