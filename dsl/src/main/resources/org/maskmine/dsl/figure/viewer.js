(async () => {
  const unpacked = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  // x runs to the patient's left, y to posterior, z to the head; rows and columns of a page
  const PLANES = {
    axial: { normal: 2, column: 0, row: 1, turned: false },
    coronal: { normal: 1, column: 0, row: 2, turned: true },
    sagittal: { normal: 0, column: 1, row: 2, turned: true },
  };

  class Case {
    constructor(data) {
      Object.assign(this, data);
      this.ready = this.unpack();
    }
    async unpack() {
      const deltas = await unpacked(this.image);
      const n = deltas.length / 2;
      const hu = new Int16Array(n);
      for (let i = 0, value = 0; i < n; i++) {
        value += (deltas[i] << 8) | deltas[n + i];
        hu[i] = value; // wraps as the differences did
      }
      this.hu = hu;
      this.masks = await Promise.all(this.layers.map((layer) => unpacked(layer.mask)));
    }
  }

  class Viewer {
    constructor(root) {
      this.root = root;
      const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
      this.cases = data.cases.map((c) => new Case(c));
      this.hidden = new Set();
      root.querySelector("img")?.remove();
      root.querySelector("form").hidden = false;
      this.canvas = root.querySelector("canvas");
      this.canvas.hidden = false;
      this.inputs = Object.fromEntries([...root.querySelectorAll("[name]")].map((e) => [e.name, e]));
      this.inputs.case.replaceChildren(...this.cases.map((c, i) => new Option(c.id, i)));
      this.inputs.case.parentElement.hidden = this.cases.length === 1;
      this.inputs.case.addEventListener("input", () => this.open());
      this.inputs.plane.addEventListener("input", () => this.turn());
      for (const name of ["slice", "level", "width", "opacity"]) {
        this.inputs[name].addEventListener("input", () => this.draw());
      }
      this.canvas.addEventListener("wheel", (event) => this.walk(event), { passive: false });
      this.open();
    }
    async open() {
      this.shown = this.cases[this.inputs.case.value];
      await this.shown.ready;
      this.legend();
      this.turn(this.shown.slice);
    }
    legend() {
      const boxes = this.shown.layers.map((layer) => {
        const box = document.createElement("label");
        const input = Object.assign(document.createElement("input"), { type: "checkbox" });
        input.checked = !this.hidden.has(layer.name);
        input.addEventListener("input", () => {
          input.checked ? this.hidden.delete(layer.name) : this.hidden.add(layer.name);
          this.draw();
        });
        box.append(input, layer.name);
        for (const [, name, color] of layer.classes) {
          const mark = document.createElement("span");
          mark.className = "maskmine-swatch";
          mark.style.background = color;
          box.append(mark, name);
        }
        return box;
      });
      this.root.querySelector(".maskmine-layers").replaceChildren(...boxes);
    }
    turn(slice) {
      const plane = PLANES[this.inputs.plane.value];
      const slices = this.shown.size[plane.normal];
      this.inputs.slice.max = slices - 1;
      this.inputs.slice.value = slice ?? Math.floor(slices / 2);
      this.draw();
    }
    walk(event) {
      event.preventDefault();
      this.inputs.slice.value = Number(this.inputs.slice.value) + Math.sign(event.deltaY);
      this.draw();
    }
    draw() {
      const { size, spacing, hu, masks, layers, id, step } = this.shown;
      const plane = PLANES[this.inputs.plane.value];
      const stride = [1, size[0], size[0] * size[1]];
      const slice = Number(this.inputs.slice.value);
      const columns = size[plane.column];
      const rows = size[plane.row];
      const low = this.inputs.level.value - this.inputs.width.value / 2;
      const scale = 255 / this.inputs.width.value;
      const opacity = this.inputs.opacity.value / 100;
      const colors = layers.map((layer) => {
        const table = [];
        for (const [label, , color] of this.hidden.has(layer.name) ? [] : layer.classes) {
          table[label] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
        }
        return table;
      });
      const counted = layers.map(() => new Array(8).fill(0));
      const pixels = new ImageData(columns, rows);
      const rgb = [0, 0, 0];
      for (let r = 0, p = 0; r < rows; r++) {
        const row = plane.turned ? rows - 1 - r : r;
        for (let c = 0; c < columns; c++, p += 4) {
          const at = slice * stride[plane.normal] + row * stride[plane.row] + c * stride[plane.column];
          rgb.fill(Math.min(255, Math.max(0, (hu[at] - low) * scale)));
          for (let l = 0; l < masks.length; l++) {
            const label = masks[l][at];
            const color = colors[l][label];
            counted[l][label]++;
            if (color) for (let k = 0; k < 3; k++) rgb[k] += (color[k] - rgb[k]) * opacity;
          }
          for (let k = 0; k < 3; k++) pixels.data[p + k] = rgb[k];
          pixels.data[p + 3] = 255;
        }
      }
      const small = new OffscreenCanvas(columns, rows);
      small.getContext("2d").putImageData(pixels, 0, 0);
      const mm = [columns * spacing[plane.column], rows * spacing[plane.row]];
      const zoom = Math.min(440 / mm[0], 400 / mm[1]);
      this.canvas.width = 2 * Math.round(mm[0] * zoom);
      this.canvas.height = 2 * Math.round(mm[1] * zoom);
      this.canvas.style.width = this.canvas.width / 2 + "px";
      const context = this.canvas.getContext("2d");
      context.imageSmoothingEnabled = false;
      context.drawImage(small, 0, 0, this.canvas.width, this.canvas.height);
      if (plane.column === 0) this.mark(context);
      const words = `${id}, ${this.inputs.plane.value} slice ${slice * step[plane.normal] + this.shown.first[plane.normal]}`;
      const counts = layers.flatMap((layer, l) =>
        this.hidden.has(layer.name) ? [] : layer.classes.map(([label, name]) => `${name} ${counted[l][label]}`));
      const window = `${this.inputs.level.value} ± ${this.inputs.width.value / 2} HU`;
      const nth = Math.abs(step[0]) > 1 ? ` · every ${Math.abs(step[0])}th voxel across` : "";
      this.root.querySelector("output").textContent = `${words} · ${window} · voxels: ${counts.join(", ")}${nth}`;
      this.canvas.setAttribute("aria-label", words + ": " + counts.join(", "));
    }
    mark(context) {
      context.font = "bold 26px sans-serif";
      context.lineWidth = 5;
      context.strokeText("R", 8, this.canvas.height / 2);
      context.fillStyle = "white";
      context.fillText("R", 8, this.canvas.height / 2);
    }
  }

  for (const root of document.querySelectorAll(".maskmine-viewer:not([data-open])")) {
    root.dataset.open = "";
    new Viewer(root);
  }
})();
