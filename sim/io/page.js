// The player of a run, seen from above. Places between two frames follow the cubic through both places and speeds.
"use strict";
(function () {
  const TIME = 0, SPEED = 1, CHAINAGE = 2, WORST = 3, AXLE = 4, MODE = 5, DOORS = 6, POSES = 7;
  const VIEW = 46; // metres across

  function player(figure) {
    const data = JSON.parse(figure.querySelector("script").textContent);
    const canvas = figure.querySelector("canvas"), pen = canvas.getContext("2d");
    const button = figure.querySelector("button"), slider = figure.querySelector("input");
    const rate = figure.querySelector("select"), words = figure.querySelector("output");
    const frames = data.frames, end = frames[frames.length - 1][TIME];
    let now = 0, running = false, last = 0;

    function colour(name) { return getComputedStyle(figure).getPropertyValue(name).trim(); }

    function frameAt(time) {
      let low = 0, high = frames.length - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (frames[middle][TIME] <= time) low = middle; else high = middle;
      }
      return low;
    }

    // Pose of module m: metres and radians.
    function pose(a, b, s, m) {
      const i = POSES + 3 * m, span = (b[TIME] - a[TIME]) / 1000;
      let turn = b[i + 2] - a[i + 2];
      turn -= 6283.185 * Math.round(turn / 6283.185);
      const yaw = (a[i + 2] + s * turn) / 1000;
      const h00 = (1 + 2 * s) * (1 - s) * (1 - s), h10 = s * (1 - s) * (1 - s);
      const h01 = s * s * (3 - 2 * s), h11 = s * s * (s - 1);
      const ya = a[i + 2] / 1000, yb = (a[i + 2] + turn) / 1000;
      return {
        x: (h00 * a[i] + h01 * b[i] + span * (h10 * a[SPEED] * Math.cos(ya) + h11 * b[SPEED] * Math.cos(yb))) / 100,
        y: (h00 * a[i + 1] + h01 * b[i + 1] + span * (h10 * a[SPEED] * Math.sin(ya) + h11 * b[SPEED] * Math.sin(yb))) / 100,
        yaw: yaw
      };
    }

    function box(x, y, yaw, front, rear, width) {
      const c = Math.cos(yaw), s = Math.sin(yaw), h = width / 2;
      pen.beginPath();
      for (const [u, v] of [[front, h], [front, -h], [rear, -h], [rear, h]]) pen.lineTo(x + c * u - s * v, y + s * u + c * v);
      pen.closePath();
    }

    function tracks() {
      pen.lineWidth = 0.16;
      pen.strokeStyle = colour("--soft");
      pen.setLineDash([1, 1]);
      for (const track of data.tracks) {
        pen.beginPath();
        for (let i = 0; i < track.length; i += 2) pen.lineTo(track[i] / 100, track[i + 1] / 100);
        pen.stroke();
      }
      pen.setLineDash([]);
    }

    // Names stay upright: the place is turned with the view, the letters are not.
    function stations(scale, middle) {
      const c = Math.cos(middle.yaw), s = Math.sin(middle.yaw);
      pen.setTransform(1, 0, 0, 1, canvas.width / 2, canvas.height / 2);
      pen.fillStyle = colour("--ink");
      pen.font = "15px sans-serif";
      for (const station of data.stations) {
        const x = station[0] / 100 - middle.x, y = station[1] / 100 - middle.y;
        pen.fillText(station[2], scale * (c * x + s * y), -scale * (c * y - s * x) - 28);
      }
    }

    function train(a, b, s) {
      const poses = data.modules.map((_, m) => pose(a, b, s, m));
      data.modules.forEach((shape, m) => {
        const p = poses[m];
        box(p.x, p.y, p.yaw, shape[0], shape[1], shape[2]);
        pen.fillStyle = colour("--paper");
        pen.fill();
        pen.lineWidth = 0.1;
        pen.strokeStyle = colour("--ink");
        pen.stroke();
        if (m === 0) {
          box(p.x, p.y, p.yaw, shape[0], shape[0] - 0.7, shape[2]);
          pen.fillStyle = colour("--c0");
          pen.fill();
        }
      });
      data.axles.forEach((axle, k) => {
        const p = poses[axle[0]], c = Math.cos(p.yaw), n = Math.sin(p.yaw);
        const i = POSES + 3 * data.modules.length + k, steer = (a[i] + s * (b[i] - a[i])) / 1000;
        for (const side of [-1, 1]) {
          const x = p.x + c * axle[1] - n * side * axle[2], y = p.y + n * axle[1] + c * side * axle[2];
          box(x, y, p.yaw + steer, 0.5, -0.5, 0.3);
          pen.fillStyle = colour("--c1");
          pen.fill();
        }
      });
      pen.fillStyle = colour("--ink");
      for (let m = 0; m + 1 < poses.length; m++) {
        const p = poses[m], r = data.modules[m][1];
        pen.beginPath();
        pen.arc(p.x + Math.cos(p.yaw) * r, p.y + Math.sin(p.yaw) * r, 0.22, 0, 7);
        pen.fill();
      }
      return poses;
    }

    function draw() {
      const i = frameAt(now), a = frames[i], b = frames[Math.min(i + 1, frames.length - 1)];
      const s = b[TIME] > a[TIME] ? Math.min(1, (now - a[TIME]) / (b[TIME] - a[TIME])) : 0;
      const middle = pose(a, b, s, data.modules.length >> 1), scale = canvas.width / VIEW;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.setTransform(scale, 0, 0, -scale, canvas.width / 2, canvas.height / 2);
      pen.rotate(-middle.yaw);
      pen.translate(-middle.x, -middle.y);
      tracks();
      train(a, b, s);
      stations(scale, middle);
      slider.value = Math.round(1000 * now / end);
      const between = i => a[i] + s * (b[i] - a[i]), nearest = s < 0.5 ? a : b;
      words.textContent = (now / 1000).toFixed(1) + " s \u00b7 " + (Math.abs(between(SPEED)) * 0.036).toFixed(1) +
        " km/h \u00b7 chainage " + (between(CHAINAGE) / 10).toFixed(1) + " m \u00b7 " + data.modes[a[MODE]] +
        (a[DOORS] ? ", doors open" : "") + " \u00b7 worst axle " + nearest[AXLE] + ": " + nearest[WORST] + " mm";
    }

    function step(time) {
      if (!running) return;
      now = Math.min(end, now + (time - last) * Number(rate.value));
      last = time;
      draw();
      if (now < end) requestAnimationFrame(step); else play(false);
    }

    function play(on) {
      running = on;
      button.textContent = on ? "pause" : "play";
      if (on) {
        if (now >= end) now = 0;
        last = performance.now();
        requestAnimationFrame(step);
      }
    }

    button.addEventListener("click", () => play(!running));
    slider.addEventListener("input", () => { now = end * slider.value / 1000; draw(); });
    figure.seek = time => { play(false); now = Math.min(end, 1000 * time); draw(); };
    draw();
  }

  const figures = document.querySelectorAll("figure.player");
  // a page of many runs draws each player when it comes into view, of few at once
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      player(entry.target);
    }
  }, { rootMargin: "300px" });
  figures.forEach(figure => figures.length > 4 ? watcher.observe(figure) : player(figure));
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-at]");
    const figure = link && document.querySelector(link.getAttribute("href"));
    if (!figure) return;
    if (!figure.seek) { watcher.unobserve(figure); player(figure); }
    figure.seek(Number(link.dataset.at));
  });
})();
