// Draws every part of a view as the browser would, for the test that compares it with Python:
// reads {view, picture, outlines, state} (bytes in base64), writes one path a part.
import { readFileSync } from "node:fs";

import { listBones, readVertices } from "../../musclechain/views/body/js/geometry.js";
import { makePen } from "../../musclechain/views/body/js/pen.js";
import { readScene } from "../../musclechain/views/body/js/scenes.js";

const { view, picture, outlines, state } = JSON.parse(readFileSync(0, "utf8"));
const vertices = readVertices(Buffer.from(outlines, "base64"));
const packed = Buffer.from(state, "base64");
const scene = readScene(new Uint8Array(packed).buffer, 0, picture);
const draw = makePen(vertices);
const moves = scene.moves[scene.moves.length - 1];
const parts = picture.parts.map((part) => ({
  bones: listBones(vertices, part),
  path: draw(part, moves, picture.views[view]),
}));
process.stdout.write(JSON.stringify(parts));
