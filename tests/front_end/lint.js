// Names that nobody defined, and what nobody uses: `npm run lint`. Code from the standard input is
// looked at in place of the modules with `node lint.js -`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { ESLint } from "eslint";

const eslint = new ESLint({
  // the modules lie beside this folder, and it does not look outside of its own
  cwd: fileURLToPath(new URL("../..", import.meta.url)),
  overrideConfigFile: fileURLToPath(new URL("eslint.config.js", import.meta.url)),
});
const PLACES = ["tests/front_end/*.js", "musclechain/views/**/*.js"];
const results =
  process.argv[2] === "-"
    ? await eslint.lintText(readFileSync(0, "utf8"))
    : await eslint.lintFiles(PLACES);
const formatter = await eslint.loadFormatter("stylish");
console.log(await formatter.format(results));
console.log(`${results.length} files`);
process.exitCode = results.some(({ errorCount }) => errorCount) ? 1 : 0;
