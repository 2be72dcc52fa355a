// Tells the kernel that a reader has come to this place of the page, and whether the page is dark, now and later. Shows nothing.
function render({ model }) {
  const look = () => {
    const dark = document.body.dataset.jpThemeLight === "false";
    if (model.get("dark") !== dark || !model.get("ready")) {
      model.set("dark", dark);
      model.set("ready", true);
      model.save_changes();
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  look();
  return () => watch.disconnect();
}

export default { render };
