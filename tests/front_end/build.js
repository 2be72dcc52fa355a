// Puts the modules of the body map into the one script that the widget loads: `npm run build`.
// With a path (`node build.js PATH`) the script is written there, so that a test can compare.
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const VIEWS = fileURLToPath(new URL("../../musclechain/views/", import.meta.url));

await build({
  absWorkingDir: VIEWS,
  entryPoints: ["body/js/widget.js"],
  outfile: process.argv[2] ?? "body/bodymap.bundle.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  // each map on a page brings the script along: no comments and no indents, but the names stay, so
  // that an error of the browser can be read
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 100,
  banner: {
    js: "// Made of body/js/*.js, as body/js/README.md says; a change here would be lost.",
  },
});
