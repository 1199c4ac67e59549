package org.pgreel.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * tsquery: the count of parts, then each behind a byte that tells a word (1) from an operator (2).
 *
 * <pre>
 *  | 1 | weights, 8 bits | prefix? | word, NUL |      | 2 | operator | distance of a phrase, 16 bits |
 * </pre>
 */
final class TsQueryCodec {
    static final Codec<PgTsQuery> INSTANCE =
            Codec.of(PgTsQuery.class, TsQueryCodec::read, TsQueryCodec::write, PgTsQuery::parse, PgTsQuery::toString);

    private static final int WORD = 1;
    private static final int OPERATOR = 2;

    private TsQueryCodec() {}

    private static PgTsQuery read(ValueReader in) {
        int count = in.readCount(2);
        List<PgTsQuery.Part> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = in.readUnsignedByte();
            in.require(kind == WORD || kind == OPERATOR, "neither a word nor an operator");
            parts.add(kind == WORD ? readWord(in) : readOperator(in));
        }
        try {
            return new PgTsQuery(parts);
        } catch (IllegalArgumentException e) {
            throw in.malformed("operators and words do not fit each other");
        }
    }

    private static PgTsQuery.Word readWord(ValueReader in) {
        int weights = in.readUnsignedByte();
        int prefix = in.readUnsignedByte();
        in.require(weights < 16 && prefix <= 1, "an unknown weight or kind of a word");
        return new PgTsQuery.Word(in.readTerminatedText(), weights(weights), prefix == 1);
    }

    /** Returns the letters of the bits, A being the highest of four. */
    static String weights(int bits) {
        if (bits == 0) {
            return "";
        }
        var letters = new StringBuilder();
        for (int i = 0; i < PgTsQuery.WEIGHTS.length(); i++) {
            letters.append((bits & 8 >> i) == 0 ? "" : PgTsQuery.WEIGHTS.substring(i, i + 1));
        }
        return letters.toString();
    }

    private static PgTsQuery.Operator readOperator(ValueReader in) {
        int number = in.readUnsignedByte();
        PgTsQuery.Kind kind = Arrays.stream(PgTsQuery.Kind.values())
                .filter(each -> each.number == number)
                .findFirst()
                .orElseThrow(() -> in.malformed("an unknown operator"));
        int distance = kind == PgTsQuery.Kind.PHRASE ? in.readUnsignedInt16() : 0;
        in.require(distance <= PgTsQuery.DISTANCE_MAX, "a phrase whose words stand too far apart");
        return new PgTsQuery.Operator(kind, distance);
    }

    private static void write(PgTsQuery value, ValueWriter out) {
        out.writeInt32(value.parts().size());
        for (PgTsQuery.Part part : value.parts()) {
            if (part instanceof PgTsQuery.Word word) {
                int weights = 0;
                for (int i = 0; i < PgTsQuery.WEIGHTS.length(); i++) {
                    weights |= word.weights().indexOf(PgTsQuery.WEIGHTS.charAt(i)) < 0 ? 0 : 8 >> i;
                }
                out.writeByte(WORD).writeByte(weights).writeByte(word.prefix() ? 1 : 0);
                out.writeText(word.text()).writeByte(0);
            } else if (part instanceof PgTsQuery.Operator operator) {
                out.writeByte(OPERATOR).writeByte(operator.kind().number);
                if (operator.kind() == PgTsQuery.Kind.PHRASE) {
                    out.writeInt16(operator.distance());
                }
            }
        }
    }
}
