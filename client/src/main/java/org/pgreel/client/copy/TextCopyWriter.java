package org.pgreel.client.copy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * Puts rows into the text format of {@code COPY … FROM STDIN}, or into CSV: {@link #row} as often as one likes, {@link #take}
 * for what there is to send.
 *
 * <p>Cells are values in their types' text format, without quotes or escapes: those are added here. For one COPY; confined to
 * one thread.
 */
public final class TextCopyWriter {

    private final GrowingBytes out = new GrowingBytes();
    private final @Nullable CsvFormat csv;

    private TextCopyWriter(@Nullable CsvFormat csv) {
        this.csv = csv;
    }

    /** Returns a writer of text format: tabs, backslash escapes, {@code \N}. */
    public static TextCopyWriter text() {
        return new TextCopyWriter(null);
    }

    /**
     * Returns a writer of CSV. If the format has a header, the first row that is written is it.
     *
     * @param format what the COPY statement says
     */
    public static TextCopyWriter csv(CsvFormat format) {
        return new TextCopyWriter(format);
    }

    /**
     * Adds a row.
     *
     * @param cells one a column; null is SQL's NULL
     * @throws IllegalArgumentException if a cell holds a NUL, which no text of PostgreSQL may
     */
    public TextCopyWriter row(List<? extends @Nullable String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (cell != null && cell.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("cell " + i + " holds a NUL");
            }
            if (csv == null) {
                line.append(i == 0 ? "" : "\t");
                escaped(line, cell);
            } else {
                line.append(i == 0 ? "" : csv.delimiter());
                quoted(line, cell, csv, cells.size() == 1);
            }
        }
        out.add(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static void escaped(StringBuilder line, @Nullable String cell) {
        if (cell == null) {
            line.append("\\N");
            return;
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }

    /** A lone cell that reads {@code \.} would end the data, so it is quoted. */
    private static void quoted(StringBuilder line, @Nullable String cell, CsvFormat format, boolean alone) {
        if (cell == null) {
            line.append(format.nullText());
            return;
        }
        boolean plain = !cell.equals(format.nullText()) && !(alone && cell.equals("\\."));
        for (int i = 0; i < cell.length() && plain; i++) {
            char c = cell.charAt(i);
            plain = c != format.delimiter() && c != format.quote() && c != format.escape() && c != '\n' && c != '\r';
        }
        if (plain) {
            line.append(cell);
            return;
        }
        line.append(format.quote());
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == format.quote() || c == format.escape()) {
                line.append(format.escape());
            }
            line.append(c);
        }
        line.append(format.quote());
    }

    /** Returns how many bytes {@link #take} would give. */
    public int length() {
        return out.length();
    }

    /** Returns what was written since the last call. */
    public Bytes take() {
        return out.take();
    }
}
