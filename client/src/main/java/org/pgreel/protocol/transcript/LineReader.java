package org.pgreel.protocol.transcript;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;

/**
 * Reads the parts of one line, for a grammar that has more kinds of lines than transcripts have: values, fields, words
 * and failures are the same in all of them.
 *
 * <p>Not thread-safe; every failure is a {@link NotationException} with line and column.
 */
public final class LineReader {
    private final String text;
    private final Cursor in;

    /**
     * @param text the line, without its end
     * @param number 1 is the text's first line
     */
    public LineReader(String text, int number) {
        this(text, number, null);
    }

    /**
     * @param text the line, without its end
     * @param number 1 is the text's first line
     * @param files where files that the line names come from; null when they are not read
     */
    public LineReader(String text, int number, @Nullable FileSource files) {
        this.text = text;
        this.in = new Cursor(text, number, files);
    }

    /** Tells whether nothing but a comment is left. */
    public boolean atEnd() {
        return in.atEnd();
    }

    /** Returns the column of what comes next, 1 being the first. */
    public int column() {
        return in.column();
    }

    /** Returns the line's number. */
    public int line() {
        return in.lineNumber();
    }

    /** Tells whether the text comes next. */
    public boolean sees(String text) {
        return in.sees(text);
    }

    /** Tells whether the word comes next, with a blank or the line's end behind it. */
    public boolean seesWord(String word) {
        int end = in.column() - 1 + word.length();
        return in.sees(word) && (end == text.length() || " \t".indexOf(text.charAt(end)) >= 0);
    }

    /** Passes over so many characters. */
    public void skip(int characters) {
        in.skip(characters);
    }

    /** Passes over blanks. */
    public void skipBlanks() {
        in.skipBlanks();
    }

    /** Passes over blanks, of which there must be one, and tells whether something follows that is not a comment. */
    public boolean blankThenMore() {
        return in.blankThenMore();
    }

    /** Returns the stamp with which the line begins and passes over it; null if there is none. */
    public @Nullable Stamp stamp() {
        if (in.atEnd() || in.peek() < '0' || in.peek() > '9') {
            return null;
        }
        Place place = in.place();
        Stamp stamp = Stamp.parse(in.bare("a stamp"), place);
        in.skipBlanks();
        return stamp;
    }

    /** Returns what comes up to the next blank. */
    public String word() {
        return in.word();
    }

    /** Returns the word, number or duration that comes next; the argument says what is expected, for the failure. */
    public String bare(String expected) {
        return in.bare(expected);
    }

    /** Returns the whole number that comes next. */
    public int number(String expected, int least, int greatest) {
        Place place = in.place();
        return place.number(in.bare(expected), least, greatest);
    }

    /** Returns the field that comes next. */
    public Field field() {
        return new ValueParser(in).field();
    }

    /** Returns the value that comes next. */
    public Value value() {
        return new ValueParser(in).value();
    }

    /** Returns the string that comes next, as bytes. */
    public Bytes bytes() {
        Place place = in.place();
        return new ValueParser(in).value().bytes(place);
    }

    /** Returns the comment that ends the line; null if there is none. Anything else is a failure. */
    public @Nullable String comment() {
        return in.comment();
    }

    /** Returns a failure at what comes next. */
    public NotationException failure(String problem) {
        return in.place().failure(problem);
    }

    /** Returns a failure at that column of the line. */
    public NotationException failure(int column, String problem) {
        return new NotationException(in.lineNumber(), column, problem);
    }

    /** Returns a failure about a word that is none of those known, which names the nearest. */
    public NotationException unknownWord(int column, String word, String kind, Collection<String> known) {
        return NotationException.unknownWord(in.lineNumber(), column, word, kind, known);
    }
}
