package org.pgreel.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out about types that are not built in: the statement that asks the catalogue, and what its rows tell. It talks to
 * no server; whoever does asks once, hands the rows over, and keeps the registry that comes of it.
 */
public final class TypeCatalogue {
    /**
     * Asks for types by their OIDs ({@code $1}, an array) and names ({@code $2}, an array), and for all that they are made
     * of and their arrays, however deep, in one round trip. PostgreSQL 14 and later.
     */
    public static final String SQL = """
            WITH RECURSIVE wanted (oid) AS (
                SELECT asked.oid
                  FROM (SELECT pg_catalog.unnest($1::pg_catalog.oid[])
                        UNION
                        SELECT pg_catalog.to_regtype(name)::pg_catalog.oid
                          FROM pg_catalog.unnest($2::pg_catalog.text[]) AS name) AS asked (oid)
                UNION
                SELECT part.oid
                  FROM wanted
                  JOIN pg_catalog.pg_type t ON t.oid = wanted.oid
                  LEFT JOIN pg_catalog.pg_range r ON t.oid IN (r.rngtypid, r.rngmultitypid)
                 CROSS JOIN LATERAL (
                       SELECT t.typelem UNION SELECT t.typarray UNION SELECT t.typbasetype
                       UNION SELECT r.rngsubtype UNION SELECT r.rngtypid UNION SELECT r.rngmultitypid
                       UNION SELECT a.atttypid
                               FROM pg_catalog.pg_attribute a
                              WHERE t.typtype = 'c' AND a.attrelid = t.typrelid
                                AND a.attnum > 0 AND NOT a.attisdropped) AS part (oid)
                 WHERE part.oid <> 0
            )
            SELECT t.oid::pg_catalog.int8::pg_catalog.text,
                   n.nspname::pg_catalog.text,
                   t.typname::pg_catalog.text,
                   CASE WHEN t.typinput = 'pg_catalog.array_in'::pg_catalog.regproc THEN 'a' ELSE t.typtype::pg_catalog.text END,
                   CASE t.typtype WHEN 'd' THEN t.typbasetype WHEN 'r' THEN r.rngsubtype WHEN 'm' THEN r.rngtypid
                        ELSE t.typelem END::pg_catalog.int8::pg_catalog.text,
                   t.typdelim::pg_catalog.text,
                   ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.pg_attribute a
                          WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                          ORDER BY a.attnum)::pg_catalog.text,
                   ARRAY(SELECT a.atttypid::pg_catalog.int8 FROM pg_catalog.pg_attribute a
                          WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                          ORDER BY a.attnum)::pg_catalog.text,
                   ARRAY(SELECT e.enumlabel::pg_catalog.text FROM pg_catalog.pg_enum e
                          WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)::pg_catalog.text
              FROM wanted
              JOIN pg_catalog.pg_type t ON t.oid = wanted.oid
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
              LEFT JOIN pg_catalog.pg_range r ON t.oid IN (r.rngtypid, r.rngmultitypid)
             WHERE t.typtype <> 'p' OR t.typinput = 'pg_catalog.array_in'::pg_catalog.regproc
             ORDER BY t.oid
            """;

    /** OID, schema, name, kind, element, delimiter, names and types of fields, labels; all are text. */
    private static final int COLUMNS = 9;

    /** The server's limit of columns (MaxTupleAttributeNumber). */
    private static final int FIELDS_MAX = 1664;

    private TypeCatalogue() {}

    /**
     * Returns the two parameters of {@link #SQL}, as text.
     *
     * @param oids the types' OIDs
     * @param names the types' names, as SQL spells them: with a schema where the search path does not find them
     */
    public static List<String> parameters(Collection<Integer> oids, Collection<String> names) {
        return List.of(
                oids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}")),
                ArrayText.print(PgArray.of(List.copyOf(names)), ','));
    }

    /**
     * Returns a registry that knows what the rows tell, too. What it knew already it keeps.
     *
     * @param registry what was known before
     * @param rows the rows that {@link #SQL} gave, each value as text
     * @throws MalformedValueException if a row tells of no type that can exist
     */
    public static TypeRegistry fold(TypeRegistry registry, List<? extends List<? extends @Nullable String>> rows) {
        TypeRegistry folded = registry;
        for (List<? extends @Nullable String> row : rows) {
            PgType type = type(row);
            folded = folded.type(type.oid()).isPresent() ? folded : folded.with(type);
        }
        return folded;
    }

    private static PgType type(List<? extends @Nullable String> row) {
        if (row.size() != COLUMNS || row.stream().anyMatch(Objects::isNull)) {
            throw new MalformedValueException("the catalogue's row has not " + COLUMNS + " values");
        }
        String delimiter = text(row, 5);
        PgType.Kind kind = kind(text(row, 3));
        try {
            return new PgType(
                    oid(text(row, 0)),
                    text(row, 1),
                    text(row, 2),
                    kind,
                    isMade(kind) ? oid(text(row, 4)) : 0,
                    delimiter.isEmpty() ? ',' : delimiter.charAt(0),
                    fields(texts(text(row, 6)), texts(text(row, 7))),
                    texts(text(row, 8)));
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("the catalogue's row tells of no type that can exist");
        }
    }

    private static String text(List<? extends @Nullable String> row, int index) {
        return String.valueOf(row.get(index));
    }

    private static int oid(String text) {
        long oid = Int8Codec.INSTANCE.parse(text);
        if (oid < 0 || oid > 0xFFFFFFFFL) {
            throw new MalformedValueException("an OID of more than 32 bits");
        }
        return (int) oid;
    }

    private static boolean isMade(PgType.Kind kind) {
        return kind == PgType.Kind.ARRAY
                || kind == PgType.Kind.DOMAIN
                || kind == PgType.Kind.RANGE
                || kind == PgType.Kind.MULTIRANGE;
    }

    private static PgType.Kind kind(String letter) {
        return switch (letter) {
            case "a" -> PgType.Kind.ARRAY;
            case "c" -> PgType.Kind.COMPOSITE;
            case "d" -> PgType.Kind.DOMAIN;
            case "e" -> PgType.Kind.ENUM;
            case "m" -> PgType.Kind.MULTIRANGE;
            case "r" -> PgType.Kind.RANGE;
            case "b" -> PgType.Kind.BASE;
            default -> throw new MalformedValueException("an unknown kind of types");
        };
    }

    private static List<String> texts(String array) {
        List<String> texts = new ArrayList<>();
        for (String each : new ArrayText(array, ',').parse().elements()) {
            if (each == null) {
                throw new MalformedValueException("a name that is NULL");
            }
            texts.add(each);
        }
        return texts;
    }

    private static List<PgType.Field> fields(List<String> names, List<String> oids) {
        if (names.size() != oids.size() || names.size() > FIELDS_MAX) {
            throw new MalformedValueException("fields that have no type, or more than a type has");
        }
        List<PgType.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new PgType.Field(names.get(i), oid(oids.get(i))));
        }
        return fields;
    }
}
