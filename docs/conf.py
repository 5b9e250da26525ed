"""How Sphinx builds the documentation site: `python -m sphinx -n -W --keep-going docs site`."""

from __future__ import annotations

from typing import Any

import iro_rules

project = "iro_rules"
author = "The iro_rules authors"
copyright = "the iro_rules authors, MIT licence"
version = release = iro_rules.__version__
language = "en-GB"

root_doc = "index"
exclude_patterns = ["README.md", "_build", "**.ipynb_checkpoints"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_click"]

myst_enable_extensions = ["attrs_block", "colon_fence", "deflist"]
myst_heading_anchors = 4
# Notebooks are kept without their answers: the site shows what they say now, and an error in one is an error here.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_default_options = {"members": True, "undoc-members": True}
# A word between single backticks in a docstring is code, as it is in Markdown.
default_role = "literal"

html_theme = "furo"
html_title = "iro_rules"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
# Nothing on a page is fetched from elsewhere: fonts are the reader's own.
html_theme_options = {
    "light_css_variables": {
        "font-stack": "system-ui, 'Segoe UI', 'Liberation Sans', sans-serif",
        "color-brand-primary": "#0b4f8a",
        "color-brand-content": "#0b4f8a",
    },
    "dark_css_variables": {"color-brand-primary": "#8ec5ff", "color-brand-content": "#8ec5ff"},
}
suppress_warnings = ["mystnb.unknown_mime_type"]


def _mend(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """What Sphinx and Furo leave out for who cannot see or use a mouse: levels of captions, and code that scrolls."""
    tree = context.get("furo_navigation_tree")
    if tree:
        context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    if context.get("body"):
        context["body"] = (
            context["body"]
            .replace("<pre>", '<pre tabindex="0">')
            .replace('role="heading">', 'role="heading" aria-level="2">')
        )


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("html-page-context", _mend, priority=900)
