// What is lit up with the selected structure: its myofascial chain, or the muscles that share a
// motor root with it. The answer is {set, words, choices, value, chain}: which structures (null
// where nothing is dimmed), a sentence, the chains or roots to choose from, which one is chosen.
import { sayCount } from "./wording.js";

const NOTHING = { set: null, words: "", choices: [], value: "" };

/** `how` is "none", "chain" or "roots", `structure` a number (-1 for none), `asked` an id or "". */
export function findLit(picture, how, structure, asked) {
  if (how === "none") return NOTHING;
  if (structure < 0) return { ...NOTHING, words: askForSelection(how) };
  return how === "chain"
    ? findChain(picture, structure, asked)
    : findRoots(picture, structure, asked);
}

function askForSelection(how) {
  return how === "chain"
    ? "Select a structure to light up its chain."
    : "Select a muscle to light up its root family.";
}

function findChain(picture, structure, asked) {
  const chains = picture.chains.filter((chain) => chain.stations.includes(structure));
  const chain = chains.find(({ id }) => id === asked) || chains[0];
  if (!chain) {
    const { name } = picture.structures[structure];
    return { ...NOTHING, words: `${name} is a station of none of the chains.` };
  }
  return {
    chain,
    set: new Set(chain.stations),
    choices: chains.map(({ id, name }) => [id, name]),
    value: chain.id,
    words: sayChain(picture, chain),
  };
}

function sayChain(picture, { name, stations, grades }) {
  // the side is told once, with the name of the chain
  const side = /, (left|right)$/.exec(name)?.[0] || "";
  const shorten = (words) => (side && words.endsWith(side) ? words.slice(0, -side.length) : words);
  const names = stations.map((station) => shorten(picture.structures[station].name));
  const counts = [...new Set(grades)].map(
    (grade) => `${grades.filter((other) => other === grade).length} ${grade}`,
  );
  return `${name}: ${names.join(" – ")}. Its ${grades.length} steps: ${counts.join(", ")}.`;
}

function findRoots(picture, structure, asked) {
  const { name, roots } = picture.structures[structure];
  if (!roots.length) return { ...NOTHING, words: `${name} has no motor root.` };
  const shown = roots.includes(asked) ? [asked] : roots;
  const families = shown.map((root) => listFamily(picture, root));
  const counts = shown.map((root, k) => {
    const others = families[k].filter((member) => member !== structure).length;
    return `${nameRoot(root)} with ${sayCount(others, "muscle")}`;
  });
  return {
    set: new Set([structure, ...families.flat()]),
    choices: [["", "all its roots"], ...roots.map((root) => [root, nameRoot(root)])],
    value: shown.length === 1 && roots.length > 1 ? shown[0] : "",
    words: `${name} shares ${counts.join(", ")} of its side.`,
  };
}

function listFamily({ structures }, root) {
  return structures.flatMap(({ roots }, number) => (roots.includes(root) ? [number] : []));
}

function nameRoot(root) {
  return root.split("_")[0];
}
