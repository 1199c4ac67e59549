package org.pgreel.protocol.transcript;

import org.jspecify.annotations.Nullable;

/**
 * A line.
 *
 * @param number 1 is the text's first; 0 when it was not read from a text
 * @param stamp what stands before the item, or null
 * @param comment what follows {@code #}, without blanks at its ends, or null
 */
public record Line(
        int number,
        @Nullable Stamp stamp,
        Item item,
        @Nullable String comment) {
    /** Makes one line of the comment: control characters and line ends in it become blanks. */
    public Line {
        comment = comment == null
                ? null
                : comment.replaceAll("[\\p{Cntrl}\\x85\u2028\u2029]", " ").strip();
    }

    /** Returns a line that holds only the item. */
    public static Line of(Item item) {
        return new Line(0, null, item, null);
    }

    /** Returns the line in its canonical spelling, without its end. */
    @Override
    public String toString() {
        return LinePrinter.print(this);
    }
}
