package org.pgreel.scenarios.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;

/** The values of a script for machines: text is text, everything else says what it is. */
final class ValueJson {
    private ValueJson() {}

    /** Returns the only atom, or the list of those that touch. */
    static Object of(Value value) {
        List<Object> atoms = value.atoms().stream().map(ValueJson::of).toList();
        return atoms.size() == 1 ? atoms.get(0) : atoms;
    }

    private static Object of(Atom atom) {
        if (atom instanceof Atom.Literal literal) {
            return bytes(literal.bytes());
        }
        if (atom instanceof Atom.Bare bare) {
            return Map.of("word", bare.spelling());
        }
        if (atom instanceof Atom.File file) {
            return Map.of("file", file.path());
        }
        if (atom instanceof Atom.Group group) {
            return Map.of("list", ScriptJson.fields(group.fields()));
        }
        if (atom instanceof Atom.Wildcard wildcard) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("wildcard", wildcard.type());
            fields.put("label", wildcard.label());
            fields.put("fields", ScriptJson.fields(wildcard.fields()));
            return fields;
        }
        if (atom instanceof Atom.Repeat repeat) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("repeat", of(repeat.atom()));
            fields.put("times", repeat.times());
            return fields;
        }
        return Map.of("wildcard", "any");
    }

    /** Returns text; of bytes that are none, their digits. */
    static Object bytes(Bytes bytes) {
        // What is not UTF-8 reads as lone surrogates.
        boolean text = bytes.text().codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        return text ? bytes.text() : Map.of("hex", bytes.hex());
    }
}
