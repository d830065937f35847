// Text that needs no measuring: every character stands alone in one column. What swfmon itself
// writes is such text, and most of what comes over the wire.

/** ASCII, Latin letters, dashes and dots, arrows, lines, blocks and geometric shapes. */
export const narrow =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u259f\u25a0-\u25fc\u21bb\u2716]*$/;
