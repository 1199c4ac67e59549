package org.pgreel.protocol.transcript;

import java.util.List;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/** Spells lines, each in the one canonical way. */
final class LinePrinter {
    private final StringBuilder out = new StringBuilder();

    private LinePrinter() {}

    static String print(Line line) {
        LinePrinter printer = new LinePrinter();
        if (line.stamp() != null) {
            printer.word(line.stamp().toString());
        }
        printer.item(line.item());
        if (line.comment() != null) {
            printer.word(line.comment().isEmpty() ? "#" : "# " + line.comment());
        }
        return printer.out.toString();
    }

    static String print(Atom atom) {
        LinePrinter printer = new LinePrinter();
        printer.atom(atom);
        return printer.out.toString();
    }

    private void item(Item item) {
        if (item instanceof Item.MessageItem message) {
            word(String.valueOf(message.direction().letter()));
            word(message.name());
            fields(message.fields());
        } else if (item instanceof Item.EventItem event) {
            word(String.valueOf(event.direction().letter()));
            word(event.name());
            fields(event.fields());
        } else if (item instanceof Item.Boundary boundary) {
            word(boundary.bytes() == 0 ? "|" : "| " + boundary.bytes());
        } else if (item instanceof Item.Told told) {
            word(String.valueOf(told.marker()));
            if (told.session() != null) {
                word(told.session() + ":");
            }
            word(told.name());
            fields(told.fields());
        } else if (item instanceof Item.Note note) {
            word("note");
            blank();
            literal(Bytes.utf8(note.text()));
        }
    }

    private void word(String word) {
        blank();
        out.append(word);
    }

    /** Puts a blank between what was written and what follows, unless it is the first behind an opening. */
    private void blank() {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '[') {
            out.append(' ');
        }
    }

    private void fields(List<Field> fields) {
        for (Field field : fields) {
            blank();
            field(field);
        }
    }

    private void field(Field field) {
        if (field instanceof Field.Plain plain) {
            value(plain.value());
        } else if (field instanceof Field.Named named) {
            name(named.name());
            out.append('=');
            value(named.value());
        } else if (field instanceof Field.Overriding overriding) {
            out.append('!').append(overriding.name()).append('=');
            value(overriding.value());
        } else if (field instanceof Field.Column column) {
            column(column);
        } else {
            out.append("...");
        }
    }

    private void column(Field.Column column) {
        name(column.name());
        out.append(':').append(column.type());
        for (Field.Attribute attribute : column.attributes()) {
            out.append('/').append(attribute.name());
            if (attribute.value() != null) {
                out.append('=');
                value(attribute.value());
            }
        }
    }

    private void name(String name) {
        if (Spelling.isName(name)) {
            out.append(name);
        } else {
            literal(Bytes.utf8(name));
        }
    }

    private void value(Value value) {
        value.atoms().forEach(this::atom);
    }

    private void atom(Atom atom) {
        if (atom instanceof Atom.Literal literal) {
            literal(literal.bytes());
        } else if (atom instanceof Atom.Bare bare) {
            out.append(bare.spelling());
        } else if (atom instanceof Atom.File file) {
            out.append("file\"").append(Spelling.escaped(file.path())).append('"');
        } else if (atom instanceof Atom.Group group) {
            out.append('[');
            fields(group.fields());
            out.append(']');
        } else if (atom instanceof Atom.Any) {
            out.append('*');
        } else if (atom instanceof Atom.Wildcard wildcard) {
            out.append('<').append(wildcard.type());
            if (wildcard.label() != null) {
                out.append(':').append(wildcard.label());
            }
            fields(wildcard.fields());
            out.append('>');
        } else if (atom instanceof Atom.Repeat repeat) {
            atom(repeat.atom());
            out.append('*').append(repeat.times());
        }
    }

    private void literal(Bytes bytes) {
        String text = bytes.text();
        if (!WireText.hasUndecodable(text) && Spelling.isPrintable(text)) {
            out.append('"').append(Spelling.escaped(text)).append('"');
        } else {
            out.append("x\"").append(bytes.hex()).append('"');
        }
    }
}
