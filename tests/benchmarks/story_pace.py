"""How smoothly a story is played, in a real browser: ``python -m tests.benchmarks.story_pace``.

Prints the frames of a second while a story plays, beside those of the same page at rest.
"""

import musclechain as mc
from tests.browser.lab_server import start_browser
from tests.browser.map_page import open_maps

COUNT = """() => new Promise(done => {
  const times = [], {root} = window.maps[0], play = root.querySelector('.mc-play');
  const begun = performance.now();
  const tick = now => {
    times.push(now);
    const isOver = window.musclechainPlays
      ? play.textContent === 'Play' && times.length > 10 : now - begun > 2000;
    if (isOver) return done(times);
    requestAnimationFrame(tick);
  };
  if (window.musclechainPlays) play.click();
  requestAnimationFrame(tick);
})"""


def describe_pace(times):
    """Describe when frames came (ms): how many a second, and the longest wait but for one in
    twenty."""
    gaps = sorted(after - now for now, after in zip(times, times[1:], strict=False))
    rate = 1000 * len(gaps) / (times[-1] - times[0])
    return (
        f"{rate:.0f} frames a second, 95 % within {gaps[int(0.95 * (len(gaps) - 1))]:.0f} ms, in"
        f" {(times[-1] - times[0]) / 1000:.1f} s"
    )


def main():
    body = mc.read_body()
    cases = {
        "strain": mc.spread(body, mc.HamstringStrain("left", 2)),
        "strain, guarded": mc.spread(body, mc.HamstringStrain("left", 2), guarding=1.0),
        "limp": mc.spread(body, mc.Limp("left", lean_deg=8)),
    }
    with start_browser() as browser:
        for name, result in cases.items():
            picture = mc.BodyMap(body)
            picture.play(result)
            with open_maps(browser, [picture], viewport={"width": 1000, "height": 720}) as (
                page,
                _,
            ):
                page.set_default_timeout(60_000)
                rest = page.evaluate(COUNT)
                page.evaluate("window.musclechainPlays = true")
                print(f"{name}: at rest {describe_pace(rest)}")
                print(f"  {len(picture.story)} stages played {describe_pace(page.evaluate(COUNT))}")


if __name__ == "__main__":
    main()
