// ---- the widget --------------------------------------------------------------------------------------------------------------

const VIEWS = { "back, side, front": ["back", "side", "front"], "back and front": ["back", "front"], back: ["back"], front: ["front"], side: ["side"] };
const NARROW = 480, CROWDED = 760, PAPER = 680, GAP = 10, MOST_ZOOM = 8, SETTLED_MS = 600, GROW_MM = 40, SLOW_MS = 22, RESTED_MS = 250;
const HINT = "Point at a structure for its tension, click to select it; arrow keys walk. Zoom with Ctrl and the wheel, two fingers, + and −; drag to move.";

function render({ model, el }) {
  const picture = model.get("picture"), vertices = readVertices(model.get("outlines")), draw = makePen(vertices), rest = restScene(picture), extents = boundBones(vertices, picture.parts, picture.bones);
  // keeps the ids of patterns apart when several maps are on one page; each loads this script anew
  const id = `mc${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}-`, calm = window.matchMedia("(prefers-reduced-motion: reduce)"), get = (name) => model.get(name);
  const set = (values) => { for (const [name, value] of Object.entries(values)) model.set(name, value); model.save_changes(); };
  const root = make("div", { class: "mc-bodymap", "data-version": -1 }, el);

  // ---- parts of the page

  const top = make("div", { class: "mc-tools mc-tools-top", role: "group", "aria-label": "What is shown" }, root), stage = make("div", { class: "mc-stage" }, root);
  const viewChoice = addChoice(top, "Views", Object.keys(VIEWS).map((name) => [name, name]), (name) => set({ views: VIEWS[name].map((view) => (view === "side" ? side : view)) }));
  const sideChoice = addChoice(top, "Side", [["left", "from the left"], ["right", "from the right"]], (value) => { side = value; set({ views: get("views").map((view) => (view === "left" || view === "right" ? value : view)) }); });
  const toggles = make("span", { class: "mc-group" }, top), switches = {};
  for (const [trait, words] of [["labels", "Names"], ["posture_lines", "Posture lines"], ["nerves", "Nerves"]]) switches[trait] = addButton(toggles, words, () => set({ [trait]: !get(trait) }), { class: "mc-switch" });
  const zooms = make("span", { class: "mc-group", role: "group", "aria-label": "Zoom" }, top);
  addButton(zooms, "−", () => zoomBy(1 / 1.5), { "aria-label": "Zoom out" });
  const zoomWord = make("span", { class: "mc-zoom" }, zooms, "100 %");
  addButton(zooms, "+", () => zoomBy(1.5), { "aria-label": "Zoom in" });
  const whole = addButton(zooms, "Reset", () => zoomTo(1), { "aria-label": "Show the whole body again" });

  const overlay = make("svg:svg", { class: "mc-labels", "aria-hidden": "true" }, stage), tip = make("div", { class: "mc-tip", role: "tooltip", hidden: "" }, root);
  const cover = make("div", { class: "mc-cover" }, stage);
  make("p", {}, cover, "Predict first, then uncover.");
  const uncover = addButton(cover, "Show the result", () => { set({ veiled: false }); focused.node.focus({ preventScroll: true }); });
  const words = make("p", { class: "mc-caption" }, root), sureWords = make("p", { class: "mc-sure-note" }, root);
  const factor = make("span", { class: "mc-factor" }, make("p", { class: "mc-note" }, root)), detail = make("p", { class: "mc-detail" }, root), litWords = make("p", { class: "mc-lit" }, root);
  const live = make("div", { class: "mc-live", role: "status", "aria-live": "polite", "aria-atomic": "true" }, root);
  const steps = make("div", { class: "mc-steps", role: "group", "aria-label": "Steps of the spread", hidden: "" }, root);
  addButton(steps, "◀", () => { stop(); goTo(stepNumber() - 1); }, { "aria-label": "Previous step" });
  const play = addButton(steps, "Play", () => { playing ? stop() : start(); paintSteps(); }, { class: "mc-play" });
  addButton(steps, "▶", () => { stop(); goTo(stepNumber() + 1); }, { "aria-label": "Next step" });
  const slider = make("input", { type: "range", min: 0, step: 1, "aria-label": "Step of the spread" }, steps), stepName = make("span", { class: "mc-step-name" }, steps);
  const legend = make("ul", { class: "mc-legend", "aria-label": "Legend: change of tension against resting" }, root), tools = make("div", { class: "mc-tools", role: "group", "aria-label": "How it is shown" }, root);
  const lightChoice = addChoice(tools, "Light up", [["none", "nothing"], ["chain", "its chain"], ["roots", "its root family"]], (value) => set({ highlight: value })), litChoice = addChoice(tools, "Which", [], (value) => set({ lit: value }));
  const compareChoice = addChoice(tools, "Compare", [["off", "off"], ["wipe", "wipe"], ["beside", "side by side"]], (value) => set({ compare: value }));
  const keep = addButton(tools, "Keep this picture", () => (get("reference").byteLength ? set({ reference: new DataView(new ArrayBuffer(0)), reference_certainty: "" }) : keepPicture()));
  const depths = addChoice(tools, "Muscles", [[4, "all layers"], [3, "without the top layer"], [2, "deep"], [1, "deepest"]], (value) => set({ depth: Number(value) }));
  const sizes = addChoice(tools, "Posture drawn", picture.exaggerations.map((f) => [f, f === 1 ? "as computed" : `${f} times larger`]), (value) => set({ exaggeration: Number(value) }));
  addButton(tools, "Save as SVG", () => download(stage, figuresShown(), overlay, words.textContent, [sureWords.textContent, factor.textContent, litWords.textContent], legendRows()));
  make("p", { class: "mc-hint" }, root, HINT);

  // ---- state of this view

  let side = get("views").find((view) => view === "left" || view === "right") || "left";
  let scenes = readSteps(get("steps"), picture), base = readScene(bytes(get("state")), 0, picture), shown = base, reference = null;
  let figures = {}, shownKeys = [], margin = 0, hovered = null, focused = null, nerve = "", playing = null, lean = false, weak = false, stirred = false, resting = 0, printing = false, pending = 0, painted = false, wipe = 0.5, lit = { set: null, words: "", choices: [] }, laidOut = "";
  const zoom = { k: 1, at: [0, 0, 0] }, spoken = {};

  function addChoice(host, label, options, answer) {
    const box = make("label", {}, host, `${label} `), select = make("select", { "aria-label": label }, box);
    for (const [value, text] of options) make("option", { value }, select, text);
    select.addEventListener("change", () => answer(select.value));
    return select;
  }

  function addButton(host, text, answer, attributes = {}) {
    const button = make("button", { type: "button", ...attributes }, host, text);
    button.addEventListener("click", answer);
    return button;
  }

  const figuresShown = () => shownKeys.map((key) => figures[key]);
  const groupsShown = () => figuresShown().flatMap((figure) => (figure.layers.now ? figure.layers.now.groups : [])).filter((group) => group.structure !== null || group.nerve !== null);
  const find = (idOf) => picture.structures.findIndex((one) => one.id === idOf);
  const choice = () => picture.exaggerations.indexOf(get("exaggeration"));
  const comparing = () => !get("veiled") && get("compare") !== "off";
  const compareWords = () => (get("reference").byteLength ? ["kept", "now"] : ["before", "after"]);

  function setting() {
    return { choice: choice(), depth: get("depth"), nerves: get("nerves"), span: get("span_n"), veiled: get("veiled"), lit: lit.set, nerve: get("nerves") ? nerve || chosenNerve() : "", lines: get("posture_lines"), lean, rest, extents };
  }

  function chosenNerve() {
    const k = find(get("selected"));
    return k < 0 ? "" : Object.keys(picture.nerves).find((one) => picture.nerves[one].supplies.includes(k)) || "";
  }

  // ---- which views, how large

  function viewsShown() {
    const views = get("views"), flat = views.filter((view) => view === "back" || view === "front"), narrow = width() < NARROW;
    // four figures, or names beside three, leave each too small
    const crowded = (comparing() && get("compare") === "beside") || (get("labels") && width() < CROWDED), some = crowded && views.length > 2 ? flat : views;
    return narrow ? some.slice(0, 1) : some;
  }

  const width = () => (printing ? PAPER : root.clientWidth || 700);

  function findFigure(view, which) {
    const key = `${view}-${which}`;
    if (!figures[key]) {
      figures[key] = makeFigure(picture, view, stage, `${id}${key}-`, draw, which);
      if (which === "now") addWipe(figures[key]);
    }
    return key;
  }

  // A body that leans far out of its frame gets a wider one, in steps, so that the picture does not creep while a control is dragged.
  function growFrame(figure, states) {
    const [left, top_, wide, tall] = picture.views[figure.view].frame;
    let [low, high] = [left, left + wide];
    for (const state of states) {
      const key = `${figure.view}${choice()}`, known = state.reach || (state.reach = {}), [a, b] = known[key] || (known[key] = reachOf(figure, state.moves[choice()]));
      low = Math.min(low, left - Math.ceil((left - 20 - a) / GROW_MM) * GROW_MM);
      high = Math.max(high, left + wide + Math.ceil((b - left - wide - 20) / GROW_MM) * GROW_MM);
    }
    figure.home = [low, top_, high - low, tall];
  }

  function reachOf(figure, moves) {
    const part = figure.skin;
    if (!part) return [0, 0];
    const first = part.ends[0], last = part.ends[part.ends.length - 1], flat = new Int32Array(2 * (last - first));
    flatten(vertices, first, last, moves, figure.axis, figure.sign, flat);
    let [low, high] = [Infinity, -Infinity];
    for (let k = 0; k < flat.length; k += 2) [low, high] = [Math.min(low, flat[k]), Math.max(high, flat[k])];
    return [low / 10, high / 10];
  }

  function layOut() {
    const beside = comparing() && get("compare") === "beside";
    shownKeys = viewsShown().flatMap((view) => (beside ? [findFigure(view, "reference"), findFigure(view, "now")] : [findFigure(view, "now")]));
    for (const [key, figure] of Object.entries(figures)) figure.node.hidden = !shownKeys.includes(key);
    const states = get("veiled") ? [] : [...(scenes.length ? scenes : [base]), ...(comparing() ? [reference] : [])];
    figuresShown().forEach((figure, k) => { figure.node.style.order = k; growFrame(figure, states); });
    margin = get("labels") ? Math.round(Math.min(Math.max(width() * 0.15, 104), 170)) : 0;
    const units = figuresShown().reduce((sum, figure) => sum + figure.home[2], 0), tall = figuresShown()[0].home[3];
    const scale = Math.min((width() - 2 * margin - GAP * (shownKeys.length - 1) - 4) / units, Math.min(Math.max(540, 0.8 * window.innerHeight), 900) / tall);
    const made = JSON.stringify([shownKeys, margin, scale, get("compare"), printing, figuresShown().map((figure) => figure.home), zoom]);
    if (made === laidOut) return false;
    laidOut = made;
    stage.style.padding = `0 ${margin}px`;
    root.classList.toggle("mc-zoomed", zoom.k > 1 && !printing);
    for (const figure of figuresShown()) {
      const [left, top_, wide, high] = figure.home, k = printing ? 1 : zoom.k, w = wide / k, h = high / k, hold = (value, low, most) => Math.min(Math.max(value, low), most);
      figure.frame.style.width = figure.levels.style.width = `${(wide * scale).toFixed(2)}px`;
      setBox(figure, k === 1 ? figure.home : [hold(figure.sign * zoom.at[figure.axis] - w / 2, left, left + wide - w), hold(-zoom.at[1] - h / 2, top_, top_ + high - h), w, h]);
      setUnit(figure, 1 / (scale * k));
      paintTitle(figure);
    }
    placeWipe();
    sideChoice.parentElement.hidden = !shownKeys.some((key) => key.startsWith("left") || key.startsWith("right"));
    paintChoices();
    return true;
  }

  function paintTitle(figure) {
    const [then, now] = compareWords(), name = NAMES[figure.view], kept = !figure.layers.now;
    figure.name.textContent = !comparing() ? name : get("compare") === "wipe" ? `${name}: ${then} | ${now}` : `${name}, ${kept ? then : now}`;
    figure.svg.setAttribute("aria-label", `Body, ${name.toLowerCase()}${kept ? `, ${then}` : ""}`);
  }

  // ---- painting

  function paintScene(scene) {
    shown = scene;
    const veiled = get("veiled"), now = veiled ? rest : scene, then = comparing() ? reference : null;
    lit = findLit();
    layOut();
    const how = setting();
    let moved = false;
    for (const figure of figuresShown()) {
      const layers = figure.layers;
      if (then && get("compare") === "wipe" && !layers.reference) makeLayer(figure, "reference");
      if (layers.now) moved = paintLayer(layers.now, now, how) || moved;
      const both = layers.now && layers.reference;
      if (layers.reference && then) paintLayer(layers.reference, then, { ...how, lit: how.lit });
      if (both) layers.reference.root.style.display = then && get("compare") === "wipe" ? "" : "none";
      if (both && !(then && get("compare") === "wipe")) layers.now.root.removeAttribute("clip-path");
      paintAids(figure, layers.now ? now : then, how);
    }
    placeWipe();
    if (!focused || focused.hidden || !shownKeys.includes(`${focused.figure.view}-now`)) moveFocus(groupsShown().filter((group) => !group.hidden).pop());
    paintWords(scene);
    paintHalo();
    paintLabels();
    cover.hidden = !veiled;
    root.classList.toggle("mc-veiled", veiled);
    for (const item of legend.querySelectorAll("[data-letter]")) item.hidden = veiled || !scene.certainty.includes(item.dataset.letter);
  }

  function paintHalo() {
    const chosen = find(get("selected")), active = focused && document.activeElement === focused.node ? focused : null;
    for (const figure of figuresShown()) {
      figure.halo.replaceChildren();
      const layer = figure.layers.now, line = (d, attributes) => make("svg:path", { ...FIXED, d, ...attributes }, figure.halo);
      if (!layer) continue;
      for (const group of layer.groups) {
        if ((group.structure === null && group.nerve === null) || group.hidden) continue;
        const isChosen = group.structure !== null ? group.structure === chosen : group.nerve === nerve, isActive = group === active, isHovered = hovered && group.structure === hovered.structure && group.nerve === hovered.nerve;
        if (group.pressed !== isChosen) group.node.setAttribute("aria-pressed", (group.pressed = isChosen));
        if (lit.set && lit.set.has(group.structure) && !isChosen) line(group.main.d, { stroke: "#1a1a1a", "stroke-width": 1.1 });
        if (!isChosen && !isActive && !isHovered) continue;
        line(group.outer.d, { stroke: picture.colours.halo, "stroke-width": isChosen || isActive ? 5 : 3 });
        line(group.outer.d, { stroke: picture.colours.selected, "stroke-width": isChosen ? 2 : 1, ...(isActive && !isChosen ? { "stroke-dasharray": "5 3" } : {}) });
      }
      if (lit.chain) paintChain(figure, layer, line);
    }
  }

  // The steps of a chain as a line from station to station; the less evidence, the more broken.
  function paintChain(figure, layer, line) {
    const spots = lit.chain.stations.map((k) => layer.groups.find((group) => group.structure === k && !group.hidden)).map((group) => group && placePoint(group.anchor, layer.moves, figure.axis, figure.sign));
    lit.chain.grades.forEach((grade, k) => {
      const [a, b] = [spots[k], spots[k + 1]];
      if (!a || !b) return;
      const d = `M${a[0].toFixed(1)} ${a[1].toFixed(1)}L${b[0].toFixed(1)} ${b[1].toFixed(1)}`, dash = { supported: "", plausible: "8 4" }[grade] ?? "2 4";
      line(d, { stroke: CASING, "stroke-width": 4.5, "stroke-opacity": 0.85 });
      line(d, { stroke: "#5b2a86", "stroke-width": 2.2, ...(dash ? { "stroke-dasharray": dash } : {}) });
    });
    for (const spot of spots) if (spot) make("svg:circle", { cx: spot[0], cy: spot[1], r: 3 * figure.unit, fill: "#5b2a86", stroke: CASING, "stroke-width": figure.unit }, figure.halo);
  }

  function paintWords(scene) {
    const veiled = get("veiled"), drawn = scene.factors[choice()], asked = get("exaggeration"), still = scene.moves[choice()].every((value, n) => Math.abs(value - rest.moves[0][n]) < 1e-4), k = find(get("selected")), put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
    put(words, veiled ? "Predict first, then uncover." : get("caption"));
    put(sureWords, veiled ? "" : get("certainty_note"));
    put(factor, veiled || still ? "" : `Posture drawn ${drawn >= 1.05 ? `${Number(drawn.toFixed(1))} times larger than` : "as"} computed${drawn < asked - 0.05 ? ` (${asked} times would leave the picture)` : ""}.`);
    const one = picture.structures[k], stem = picture.nerves[nerve];
    put(detail, one ? `Selected: ${one.name} (${one.plain})${veiled ? "" : ` – ${sayTension(picture, scene, k)}`}` : stem ? `Selected: ${stem.name} (${stem.plain}) – ${sayNerve(stem)}; supplies ${stem.supplies.length || "no"} ${stem.supplies.length === 1 ? "muscle" : "muscles"} of the model${stem.supplies.length ? "" : " but by its branches"}.` : "");
    put(litWords, lit.words);
    announce();
  }

  // One region speaks, and only when the picture has come to rest; what is still being computed is not read out.
  let speaking = 0;
  function announce() {
    const parts = { caption: words.textContent, sure: get("certainty") ? sureWords.textContent : "", detail: detail.textContent, lit: litWords.textContent, step: scenes.length && stepNumber() < scenes.length - 1 ? stepName.textContent : "" };
    if (Object.keys(parts).every((name) => parts[name] === announce.last?.[name])) return;
    announce.last = parts;
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      const news = Object.keys(parts).filter((name) => parts[name] && parts[name] !== spoken[name]).map((name) => parts[name]);
      Object.assign(spoken, parts);
      if (news.length) live.textContent = news.join(" ");
    }, SETTLED_MS);
  }
  announce.last = null;

  function paintNow() {
    base.certainty = get("certainty");
    if (scenes.length) scenes[scenes.length - 1].certainty = get("certainty");
    paintScene(scenes.length ? scenes[stepNumber()] : base);
    root.dataset.version = base.version;
  }

  // Paint as soon as a message has been read whole, but only once per frame of the screen, however fast the messages come.
  function repaint() {
    if (pending) return;
    const paint = () => {
      const begun = performance.now(), moving = stirred && !playing;
      pending = 0;
      stirred = false;
      if (moving && weak) setLean(true);
      paintNow();
      if (moving && lean) { clearTimeout(resting); resting = setTimeout(() => { if (!playing && lean) { setLean(false); paintNow(); } }, RESTED_MS); }
      painted = !document.hidden;
      if (painted) requestAnimationFrame(() => { painted = false; setTimeout(() => { if (moving && performance.now() - begun > 2 * SLOW_MS) weak = true; }); });
    };
    pending = 1;
    if (painted) requestAnimationFrame(paint);
    else queueMicrotask(paint);
  }

  // ---- names in the margins

  function paintLabels() {
    overlay.style.display = get("labels") ? "" : "none";
    if (!get("labels")) return;
    const tall = stage.offsetHeight, wide = stage.offsetWidth, frames = new Map(figuresShown().map((figure) => [figure, figure.frame]));
    overlay.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    const chosen = find(get("selected")), span = get("span_n"), size = (k) => Math.abs(position(shown.change[k], span));
    const ranked = get("veiled") ? [] : picture.structures.map((_, k) => k).filter((k) => size(k) >= 0.16 && k !== chosen).sort((a, b) => Math.abs(shown.change[b]) - Math.abs(shown.change[a])).slice(0, 8);
    const items = [], outer = [...frames.values()], last = outer[outer.length - 1], ends = [outer[0].offsetLeft, last.offsetLeft + last.offsetWidth];
    for (const k of chosen < 0 ? ranked : [chosen, ...ranked]) {
      let best = null;
      for (const [figure, frame_] of frames) {
        const group = figure.layers.now?.groups.find((one) => one.structure === k && !one.hidden);
        if (!group) continue;
        const [left, top_, w] = figure.box, [u, v] = placePoint(group.anchor, figure.layers.now.moves, figure.axis, figure.sign), x = frame_.offsetLeft + (u - left) / figure.unit, y = frame_.offsetTop + (v - top_) / figure.unit;
        if (u < left || u > left + w || v < top_ || v > top_ + figure.box[3]) continue;
        const right = x > wide / 2, way = right ? ends[1] - x : x - ends[0];
        if (!best || way < best.way) best = { name: picture.structures[k].name, bold: k === chosen, x, y, right, way };
      }
      if (best) items.push(best);
    }
    drawLabels(items, ends, margin, tall, overlay);
  }

  // ---- what is lit up with the selection

  function findLit() {
    const how = get("highlight"), k = find(get("selected")), none = { set: null, words: "", choices: [] };
    if (how === "none") return none;
    if (k < 0) return { ...none, words: `Select a ${how === "chain" ? "structure to light up its chain" : "muscle to light up its root family"}.` };
    return how === "chain" ? findChain(k) : findRoots(k);
  }

  function findChain(k) {
    const chains = picture.chains.filter((chain) => chain.stations.includes(k)), chain = chains.find((one) => one.id === get("lit")) || chains[0];
    if (!chain) return { set: null, words: `${picture.structures[k].name} is a station of none of the chains.`, choices: [] };
    const grades = [...new Set(chain.grades)].map((grade) => `${chain.grades.filter((one) => one === grade).length} ${grade}`);
    const side_ = /, (left|right)$/.exec(chain.name)?.[0] || "", shorten = (name) => (side_ && name.endsWith(side_) ? name.slice(0, -side_.length) : name);
    return { chain, set: new Set(chain.stations), choices: chains.map((one) => [one.id, one.name]), value: chain.id, words: `${chain.name}: ${chain.stations.map((one) => shorten(picture.structures[one].name)).join(" – ")}. Its ${chain.grades.length} steps: ${grades.join(", ")}.` };
  }

  function findRoots(k) {
    const one = picture.structures[k], name = (root_) => root_.split("_")[0], has = (other, root_) => other.roots.includes(root_);
    if (!one.roots.length) return { set: null, words: `${one.name} has no motor root.`, choices: [] };
    const asked = one.roots.includes(get("lit")) ? [get("lit")] : one.roots, members = picture.structures.map((_, j) => j).filter((j) => asked.some((root_) => has(picture.structures[j], root_)));
    const counts = asked.map((root_) => { const count = members.filter((j) => j !== k && has(picture.structures[j], root_)).length; return `${name(root_)} with ${count} ${count === 1 ? "muscle" : "muscles"}`; });
    return { set: new Set([k, ...members]), choices: [["", "all its roots"], ...one.roots.map((root_) => [root_, name(root_)])], value: asked.length === 1 && one.roots.length > 1 ? asked[0] : "",
             words: `${one.name} shares ${counts.join(", ")} of its side.` };
  }

  function paintChoices() {
    const views = get("views").map((view) => (view === "left" || view === "right" ? "side" : view)).join(), narrow = width() < NARROW;
    viewChoice.value = Object.keys(VIEWS).find((name) => VIEWS[name].join() === (narrow ? views.split(",")[0] : views)) || "";
    for (const option of viewChoice.options) option.hidden = option.disabled = narrow && VIEWS[option.value].length > 1;
    sideChoice.value = side;
    for (const [trait, button] of Object.entries(switches)) button.setAttribute("aria-pressed", get(trait));
    zoomWord.textContent = `${Math.round(100 * zoom.k)} %`;
    whole.disabled = zoom.k === 1;
    lightChoice.value = get("highlight");
    litChoice.parentElement.hidden = lit.choices.length < 2;
    litChoice.replaceChildren();
    for (const [value, text] of lit.choices) make("option", { value }, litChoice, text);
    litChoice.value = lit.value ?? "";
    compareChoice.value = get("compare");
    keep.textContent = get("reference").byteLength ? "Forget the kept picture" : "Keep this picture";
    depths.value = get("depth");
    sizes.value = get("exaggeration");
  }

  // ---- comparing

  function readReference() {
    const buffer = bytes(get("reference"));
    // compared with the healthy body, what a structure bore before is known
    reference = buffer.byteLength ? readScene(buffer, 0, picture) : { ...rest, before: base.before, change: base.before.map((value) => 0 * value) };
    reference.certainty = buffer.byteLength ? get("reference_certainty") : "";
  }

  function keepPicture() {
    const whole_ = bytes(scenes.length ? get("steps") : get("state")), size = base.length * 4, first = scenes.length ? stepNumber() * size : 0;
    set({ reference: new DataView(whole_.slice(first, first + size)), reference_certainty: shown.certainty, ...(get("compare") === "off" ? { compare: "beside" } : {}) });
  }

  function addWipe(figure) {
    const handle = make("div", { class: "mc-wipe", hidden: "" }, figure.frame);
    figure.handle = handle;
    const move = (event) => { const box = figure.frame.getBoundingClientRect(); wipeTo((event.clientX - box.left) / box.width); };
    handle.addEventListener("pointerdown", (event) => { handle.setPointerCapture(event.pointerId); event.stopPropagation(); });
    handle.addEventListener("pointermove", (event) => { if (handle.hasPointerCapture(event.pointerId)) move(event); });
    handle.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: wipe - 0.05, ArrowDown: wipe - 0.05, ArrowRight: wipe + 0.05, ArrowUp: wipe + 0.05, Home: 0, End: 1, PageUp: wipe + 0.2, PageDown: wipe - 0.2 }[event.key];
      if (to === undefined) return;
      wipeTo(to);
      event.preventDefault();
      event.stopPropagation();
    });
  }

  function wipeTo(share) {
    wipe = Math.min(Math.max(share, 0), 1);
    placeWipe();
  }

  function placeWipe() {
    const on = comparing() && get("compare") === "wipe", [then, now] = compareWords();
    figuresShown().forEach((figure, k) => {
      if (!figure.handle) return;
      figure.handle.hidden = !on;
      if (!on) return;
      if (figure.layers.reference) cutFigure(figure, wipe);
      figure.handle.style.left = `${100 * wipe}%`;
      // one slider moves the line in every view
      const speaks = k === 0 ? { role: "slider", tabindex: 0, "aria-label": `How much of the picture shows ${then}`, "aria-orientation": "horizontal", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(100 * wipe), "aria-valuetext": `${Math.round(100 * wipe)} % ${then}, the rest ${now}` } : { "aria-hidden": "true" };
      for (const [key, value] of Object.entries(speaks)) figure.handle.setAttribute(key, value);
    });
  }

  // ---- zoom and pan: all views show the same height, and the same place of the body

  function zoomTo(k, at = zoom.at) {
    zoom.k = Math.min(Math.max(k, 1), MOST_ZOOM);
    if (zoom.k < 1.02) zoom.k = 1;
    zoom.at = at;
    const [, top_, , tall] = figuresShown()[0].home, half = tall / zoom.k / 2;
    zoom.at[1] = Math.min(Math.max(zoom.at[1], -(top_ + tall) + half), -top_ - half);
    tip.hidden = true;
    repaint();
  }

  // About a point of the window, else about what is selected, else about the middle.
  function zoomBy(times, spot = null) {
    const figure = spot ? figureAt(spot) : figuresShown()[0], k = Math.min(Math.max(zoom.k * times, 1), MOST_ZOOM), real = k / zoom.k, at = middleOf();
    if (spot && figure) {
      const [left, top_] = figure.box, box = figure.frame.getBoundingClientRect(), u = left + (spot.x - box.left) * figure.unit, v = top_ + (spot.y - box.top) * figure.unit;
      at[figure.axis] += (figure.sign * u - at[figure.axis]) * (1 - 1 / real);
      at[1] += (-v - at[1]) * (1 - 1 / real);
    } else if (times > 1) {
      const group = groupsShown().find((one) => one.structure === find(get("selected")) && !one.hidden);
      if (group) at.splice(0, 3, ...group.anchor.slice(0, 3));
    }
    zoomTo(k, at);
  }

  function middleOf() {
    if (zoom.k > 1) return [...zoom.at];
    const at = [0, 0, 0];
    for (const figure of figuresShown()) {
      at[figure.axis] = figure.sign * (figure.box[0] + figure.box[2] / 2);
      at[1] = -(figure.box[1] + figure.box[3] / 2);
    }
    return at;
  }

  const figureAt = (spot) => figuresShown().find((figure) => { const box = figure.frame.getBoundingClientRect(); return spot.x >= box.left && spot.x <= box.right; }) || figuresShown()[0];

  function panBy(figure, dx, dy) {
    const at = [...zoom.at], [left, , wide] = figure.home, half = wide / zoom.k / 2, across = figure.sign * at[figure.axis];
    const held = Math.min(Math.max(Math.min(Math.max(across, left + half), left + wide - half) - dx * figure.unit, left + half), left + wide - half);
    at[figure.axis] = figure.sign * held;
    at[1] += dy * figure.unit;
    zoomTo(zoom.k, at);
  }

  let drag = null, dragged = false, pinch = null;
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.003)), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  stage.addEventListener("dblclick", (event) => {
    if (event.target.closest(".mc-wipe, button")) return;
    event.preventDefault();
    if (zoom.k > MOST_ZOOM / 2) zoomTo(1);
    else zoomBy(2, { x: event.clientX, y: event.clientY });
  });
  stage.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (zoom.k > 1 && event.button === 0 && event.pointerType !== "touch" && !event.target.closest(".mc-wipe, button")) drag = { id: event.pointerId, x: event.clientX, y: event.clientY, figure: figureAt({ x: event.clientX }) };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!dragged && Math.hypot(dx, dy) < 4) return;
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    panBy(drag.figure, dx, dy);
    Object.assign(drag, { x: event.clientX, y: event.clientY });
  });
  for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, () => { drag = null; setTimeout(() => { dragged = false; }); }); // after the click that ends a drag
  // one finger scrolls the page, two fingers zoom and move the picture
  const fingers = (event) => { const [a, b] = event.touches; return { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2, apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) }; };
  stage.addEventListener("touchstart", (event) => { pinch = event.touches.length === 2 ? fingers(event) : null; }, { passive: true });
  stage.addEventListener("touchmove", (event) => {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const now = fingers(event);
    if (now.apart > 1 && pinch.apart > 1) zoomBy(now.apart / pinch.apart, now);
    if (zoom.k > 1) panBy(figureAt(now), now.x - pinch.x, now.y - pinch.y);
    pinch = now;
  }, { passive: false });
  stage.addEventListener("touchend", () => { pinch = null; });

  // ---- steps

  const stepNumber = () => Math.max(0, Math.min(get("step"), scenes.length - 1));

  function paintSteps() {
    // once there have been steps their row keeps its place, so that nothing below it jumps while a control is dragged
    steps.hidden = steps.hidden && scenes.length < 2;
    steps.style.visibility = scenes.length < 2 || get("veiled") ? "hidden" : "";
    slider.max = Math.max(scenes.length - 1, 0);
    slider.value = stepNumber();
    const name = get("step_labels")[stepNumber()] || "";
    stepName.textContent = scenes.length ? `Step ${stepNumber() + 1} of ${scenes.length}: ${name}` : "";
    slider.setAttribute("aria-valuetext", stepName.textContent);
    play.textContent = playing ? "Pause" : "Play";
  }

  function goTo(number) {
    set({ step: Math.max(0, Math.min(number, scenes.length - 1)) });
  }

  function stop() {
    if (playing) cancelAnimationFrame(playing);
    playing = null;
    if (lean) { setLean(false); repaint(); }
  }

  // A machine that cannot keep up leaves out fibres and highlights while the picture moves.
  function setLean(on) {
    lean = on;
    root.classList.toggle("mc-lean", on);
  }

  function start() {
    const first = stepNumber() >= scenes.length - 1 ? 0 : stepNumber(), begun = performance.now(), each = 900;
    let last = begun, slow = 0;
    if (weak) setLean(true);
    const tick = (now) => {
      slow = now - last > SLOW_MS ? slow + 1 : 0;
      last = now;
      if (slow >= 2 && !lean) setLean((weak = true));
      const at = first + Math.max(now - begun, 0) / each, low = Math.min(Math.floor(at), scenes.length - 1), t = Math.min(1, (at - low) * 1.8);
      if (low !== stepNumber()) goTo(low);
      const done = low >= scenes.length - 1, settled = done && lean;
      playing = done ? null : requestAnimationFrame(tick);
      if (settled) setLean(false);
      // a picture that would not differ from the last one is not painted again
      if (done || calm.matches) { if (shown !== scenes[low] || settled) paintScene(scenes[low]); }
      else if (t < 1) paintScene(mixScenes(scenes[low], scenes[low + 1], t * t * (3 - 2 * t)));
      else if (shown !== scenes[low + 1]) paintScene(scenes[low + 1]);
      paintSteps();
    };
    playing = requestAnimationFrame(tick);
  }

  slider.addEventListener("input", () => { stop(); goTo(Number(slider.value)); });

  // ---- hover, click, keys

  const groupOf = (event) => { const node = event.target.closest(".mc-structure, .mc-nerve, .mc-kept"); return node ? node.mcGroup : null; };

  function choose(group) {
    if (group.nerve !== null) {
      nerve = nerve === group.nerve ? "" : group.nerve;
      if (get("selected")) set({ selected: "" });
      else repaint();
      return;
    }
    const one = picture.structures[group.structure].id;
    nerve = "";
    set({ selected: one === get("selected") ? "" : one });
  }

  function showTip(group, x, y) {
    const one = group.nerve !== null ? picture.nerves[group.nerve] : picture.structures[group.structure], kept = group.layer.which === "reference", scene = kept ? reference : shown;
    tip.replaceChildren();
    make("strong", {}, tip, kept ? `${one.name} (${compareWords()[0]})` : one.name);
    if (one.plain) make("span", {}, tip, one.plain);
    make("span", {}, tip, group.nerve !== null ? sayNerve(one) : get("veiled") ? "covered until you uncover the result" : sayTension(picture, scene, group.structure));
    const sure = group.structure !== null && !get("veiled") && sureness(picture, scene, group.structure);
    if (sure) make("span", {}, tip, `${sure.word}: ${sure.meaning}`);
    tip.hidden = false;
    const box = root.getBoundingClientRect();
    tip.style.left = `${Math.min(Math.max(x - box.left + 14, 0), Math.max(box.width - tip.offsetWidth - 4, 0))}px`;
    tip.style.top = `${Math.max(y - box.top - tip.offsetHeight - 12, 0)}px`;
  }

  function hover(group) {
    if (hovered === group) return;
    hovered = group;
    paintHalo();
  }

  function moveFocus(group) {
    if (!group) return;
    if (focused) focused.node.setAttribute("tabindex", -1);
    focused = group;
    group.node.setAttribute("tabindex", 0);
  }

  function focusOn(group) {
    if (group.layer.which !== "now") return;
    moveFocus(group);
    group.node.focus({ preventScroll: false });
  }

  // The nearest structure in the direction of the key; the pictures lie side by side.
  function neighbour(dx, dy) {
    const place = (group) => { const [x, y] = placePoint(group.anchor, group.layer.moves, group.figure.axis, group.figure.sign); return [x - group.figure.home[0] + 700 * shownKeys.indexOf(`${group.figure.view}-now`), y]; };
    const [x, y] = place(focused);
    let best = null, least = Infinity;
    for (const group of groupsShown()) {
      if (group === focused || group.hidden) continue;
      const [u, v] = place(group), along = (u - x) * dx + (v - y) * dy, aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (along > 1 && along + 2.5 * aside < least) [best, least] = [group, along + 2.5 * aside];
    }
    return best;
  }

  stage.addEventListener("pointermove", (event) => {
    const group = dragged ? null : groupOf(event);
    hover(group);
    if (group) showTip(group, event.clientX, event.clientY); else tip.hidden = true;
  });
  stage.addEventListener("pointerleave", () => { hover(null); tip.hidden = true; });
  stage.addEventListener("click", (event) => {
    const group = groupOf(event);
    if (!group || dragged) return;
    focusOn(group);
    choose(group);
    showTip(group, event.clientX, event.clientY); // a finger has no hover
  });
  stage.addEventListener("focusin", (event) => {
    const group = groupOf(event);
    if (!group) return;
    paintHalo();
    const box = group.node.getBoundingClientRect();
    if (group.node.matches(":focus-visible")) showTip(group, box.right, box.top + box.height / 2);
  });
  stage.addEventListener("focusout", () => { tip.hidden = true; requestAnimationFrame(paintHalo); });
  stage.addEventListener("keydown", (event) => {
    const group = groupOf(event), way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
    if (way) { const to = neighbour(...way); if (to) focusOn(to); }
    else if (event.key === "Enter" || event.key === " ") choose(group);
    else if (event.key === "Escape") { tip.hidden = true; nerve = ""; if (get("selected")) set({ selected: "" }); else repaint(); }
    else if (event.key === "+" || event.key === "=") zoomBy(1.5);
    else if (event.key === "-") zoomBy(1 / 1.5);
    else if (event.key === "0") zoomTo(1);
    else return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would take the key for the cell
  });

  // ---- traits

  const legendRows = () => [...legend.children].filter((item) => !item.hidden);

  function addLegendRow(word, range, attributes, mark = "") {
    const item = make("li", {}, legend), swatch = make("span", { "aria-hidden": "true", ...attributes, class: `mc-swatch ${attributes.class || ""}` }, item, mark);
    make("span", {}, item, word);
    make("small", {}, item, range);
    return [item, swatch];
  }

  function paintLegend() {
    legend.replaceChildren();
    for (const row of get("legend")) addLegendRow(row.word, row.range, {}, row.mark)[1].style.background = row.colour;
    addLegendRow("overloaded", "works at its full strength", { class: "mc-over" }, "!");
    for (const one of picture.certainty) {
      if (one.letter === "s") continue;
      const [item] = addLegendRow(one.word, one.meaning, { class: `mc-${one.word}` });
      item.dataset.letter = one.letter;
    }
  }

  const paintLook = () => { paintChoices(); repaint(); };
  const heard = {
    "change:state": () => { base = readScene(bytes(get("state")), 0, picture); readReference(); stirred = true; repaint(); },
    "change:steps": () => { stop(); scenes = readSteps(get("steps"), picture); paintSteps(); repaint(); },
    "change:step": () => { paintSteps(); if (!playing) repaint(); },
    "change:reference": () => { readReference(); laidOut = ""; paintLook(); }, "change:reference_certainty": () => { readReference(); repaint(); },
    "change:views": () => { side = get("views").find((view) => view === "left" || view === "right") || side; paintLook(); },
    "change:selected": () => { if (get("selected")) nerve = ""; repaint(); queueMicrotask(paintChoices); }, "change:highlight": () => { repaint(); queueMicrotask(paintChoices); }, "change:lit": () => { repaint(); queueMicrotask(paintChoices); },
    "change:legend": () => { paintLegend(); repaint(); },
  };
  for (const trait of ["step_labels"]) heard[`change:${trait}`] = paintSteps;
  for (const trait of ["caption", "certainty", "certainty_note", "span_n"]) heard[`change:${trait}`] = repaint;
  heard["change:veiled"] = () => { paintSteps(); repaint(); };
  for (const trait of ["compare", "nerves", "labels", "posture_lines", "exaggeration", "depth"]) heard[`change:${trait}`] = paintLook;
  for (const [event, answer] of Object.entries(heard)) model.on(event, answer);

  // charts beside the map are drawn by the kernel, which has to be told whether the page is dark
  function tellTheme() {
    const light = document.body.dataset.jpThemeLight, dark = light ? light === "false" : false;
    if (get("dark") !== dark) set({ dark });
  }
  const theme = new MutationObserver(tellTheme), measured = new ResizeObserver(() => { if (root.clientWidth) repaint(); });
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  tellTheme();

  // on paper the picture is as wide as an upright sheet, and whole
  const onPaper = { beforeprint: () => { printing = true; paintNow(); }, afterprint: () => { printing = false; paintNow(); } };
  for (const [event, answer] of Object.entries(onPaper)) window.addEventListener(event, answer);

  readReference();
  paintLegend();
  paintSteps();
  paintNow();
  paintChoices();
  measured.observe(root);
  return () => { stop(); clearTimeout(speaking); clearTimeout(resting); theme.disconnect(); measured.disconnect(); for (const [event, answer] of Object.entries(onPaper)) window.removeEventListener(event, answer); for (const [event, answer] of Object.entries(heard)) model.off(event, answer); };
}

// What is shown as one file; colours are attributes already, so it needs no style sheet.
function download(stage, figures, overlay, caption, notes, legend) {
  const wide = Math.max(stage.offsetWidth, 560), tall = stage.offsetHeight, letters = Math.floor(wide / 7.2), wrap = (text) => wrapName(text, letters);
  const lines = [...wrap(caption), ...notes.filter(Boolean).flatMap(wrap)], columns = Math.max(Math.floor(wide / 190), 1), rows = Math.ceil(legend.length / columns), high = tall + 20 + 42 * rows + 17 * lines.length + 16;
  const sheet = make("svg:svg", { xmlns: SVG, viewBox: `0 0 ${wide} ${high}`, "font-family": "sans-serif", color: "#222222", fill: "#222222" });
  make("svg:title", {}, sheet, `Body map: ${figures.map((figure) => figure.name.textContent).join(", ")}`);
  make("svg:desc", {}, sheet, caption);
  make("svg:rect", { width: wide, height: high, fill: "#ffffff" }, sheet);
  for (const figure of figures) {
    const { offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h } = figure.frame, copy = figure.svg.cloneNode(true);
    for (const [key, value] of Object.entries({ x, y, width: w, height: h })) copy.setAttribute(key, value);
    copy.querySelectorAll("[style*='display: none']").forEach((node) => node.remove());
    sheet.append(copy);
    make("svg:text", { x: x + w / 2, y: y - 6, "text-anchor": "middle", "font-size": 14, "font-weight": "bold" }, sheet, figure.name.textContent);
    if (figure.levels.style.display !== "none") [...figure.levels.children].forEach((part, k) => make("svg:text", { x: x + w / 2, y: y + h + 14 + 13 * k, "text-anchor": "middle", "font-size": 11 }, sheet, part.textContent.replace(/ · $/, "")));
  }
  if (overlay.style.display !== "none") {
    const copy = overlay.cloneNode(true);
    for (const [key, value] of Object.entries({ x: 0, y: 0, width: stage.offsetWidth, height: tall })) copy.setAttribute(key, value);
    sheet.append(copy);
  }
  legend.forEach((item, k) => drawLegendRow(item, sheet, 8 + (k % columns) * 190, tall + 20 + 42 * Math.floor(k / columns), figures[0]));
  lines.forEach((line, k) => make("svg:text", { x: 8, y: tall + 34 + 42 * rows + 17 * k, "font-size": 13 }, sheet, line));
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" }));
  make("a", { href: address, download: "body-map.svg" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function drawLegendRow(item, sheet, x, y, { id, unit }) {
  const [swatch, word, range] = item.children, over = swatch.classList.contains("mc-over"), box = { x, y, width: 30, height: 22 };
  make("svg:rect", { ...box, fill: swatch.style.background || "#e0c4ba", stroke: over ? "#1a1a1a" : "#555555", "stroke-width": over ? 2.4 : 1 }, sheet);
  // the patterns are those of the figure, and so in its millimetres
  if (item.dataset.letter) make("svg:rect", { width: 30 * unit, height: 22 * unit, fill: `url(#${id}${item.dataset.letter === "d" ? "depends" : "likely"})`, transform: `translate(${x},${y}) scale(${1 / unit})` }, sheet);
  make("svg:text", { x: x + 15, y: y + 16, "text-anchor": "middle", "font-size": 13 }, sheet, swatch.textContent);
  make("svg:text", { x: x + 36, y: y + 10, "font-size": 12 }, sheet, word.textContent);
  wrapName(range.textContent, 28).forEach((line, k) => make("svg:text", { x: x + 36, y: y + 22 + 10 * k, "font-size": 9 }, sheet, line));
}

export default { render };
