// Stands for `Intl.Segmenter` in the bundle: making the first one reads tables for as long as a bare
// Node takes to start, and modules make theirs when they are loaded. This one is made when used.
const {Segmenter} = Intl;

export class LazySegmenter {
  #options;
  #segmenter;

  constructor(...options) {
    this.#options = options;
  }

  segment(text) {
    this.#segmenter ??= new Segmenter(...this.#options);
    return this.#segmenter.segment(text);
  }
}
