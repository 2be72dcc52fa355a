"""What axe-core finds wrong on a page for people who do not see, hear or point as others do.

axe-core comes with the package axe-playwright-python; nothing is fetched.
"""

from importlib.resources import files

# What the lessons render: outputs and texts. The rest of the page is JupyterLab's own.
RENDERED = (".jp-OutputArea-output", ".jp-RenderedMarkdown")
SERIOUS = ("serious", "critical")
# Rules that are not held against some elements: rule, the elements (CSS), and why.
LEFT_OUT = (
    (
        "link-in-text-block",
        ".jp-MarkdownCell *",
        (
            "JupyterLab's own style sheet tells links in a text cell from the words around them by"
            " colour alone until the pointer rests on them"
        ),
    ),
)

# rules that another theme can break
OF_COLOURS = ("color-contrast", "link-in-text-block")

# What lies in an excluded part is taken out for as long as axe looks, since axe reads all of the
# page first: with thousands of shapes in it most of its time goes there.
RUN = """async ([include, leftOut, rules, exclude]) => {
  const kept = exclude.flatMap(css => [...document.querySelectorAll(css)])
    .map(node => [node, [...node.childNodes]]);
  for (const [node] of kept) node.replaceChildren();
  try {
    const found = await axe.run(
      {include: include.filter(css => document.querySelector(css)).map(css => [css]),
       exclude: exclude.filter(css => document.querySelector(css)).map(css => [css])},
      {resultTypes: ['violations'], elementRef: true, ...(rules.length ? {runOnly: rules} : {})});
    return found.violations.map(rule => ({rule: rule.id, impact: rule.impact, help: rule.help,
      nodes: rule.nodes.filter(node => !leftOut.some(([name, css]) => name === rule.id &&
        node.element && node.element.matches(css)))
        .map(node => node.html.slice(0, 200) + ' | ' +
          (node.any.concat(node.all, node.none)[0] || {message: ''}).message)}));
  } finally {
    for (const [node, children] of kept) node.replaceChildren(...children);
  }
}"""


def find_violations(page, include=RENDERED, impacts=SERIOUS, rules=(), exclude=()):
    """List what axe-core finds wrong in parts of a page, in words.

    Parameters
    ----------
    page : playwright.sync_api.Page
    include : sequence of str
        CSS selectors of the parts that are looked at, all that match; one that matches nothing is
        passed over.
    impacts : sequence of str
        How bad a violation must be to be listed.
    rules : sequence of str
        Rules that are looked at; by default all.
    exclude : sequence of str
        CSS selectors of what is passed over.

    Returns
    -------
    list of str
        One entry a rule: its name, what it asks for, how many elements break it, and the first
        three of them.
    """
    if not page.evaluate("typeof axe === 'object'"):
        # JupyterLab's body has no height and hides what overflows, so axe would hold all words for
        # hidden and pass over their contrast.
        page.add_style_tag(content="body { height: 100vh }")
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        RUN,
        [list(include), [[rule, css] for rule, css, _ in LEFT_OUT], list(rules), list(exclude)],
    )
    return [
        f"{violation['impact']} {violation['rule']}: {violation['help']}"
        f" ({len(violation['nodes'])}):"
        f" {'; '.join(violation['nodes'][:3])}"
        for violation in found
        if violation["nodes"] and violation["impact"] in impacts
    ]
