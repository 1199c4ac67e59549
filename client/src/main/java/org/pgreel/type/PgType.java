package org.pgreel.type;

import java.util.List;
import java.util.Objects;

/**
 * A type of PostgreSQL, as its catalogue describes it. Immutable.
 *
 * @param oid its object id, unsigned; that of a built-in type is the same in every PostgreSQL
 * @param schema the schema that it is in, such as {@code pg_catalog}
 * @param name its name in {@code pg_type}; an array's begins with {@code _}
 * @param kind what it is made of
 * @param elementOid an array's element, a range's subtype, a multirange's range, a domain's base; 0 for other kinds
 * @param delimiter what stands between values of this type in an array's text; a semicolon for box, else a comma
 * @param fields a composite's fields in order; empty for other kinds
 * @param labels an enum's labels in order; empty for other kinds
 */
public record PgType(
        int oid,
        String schema,
        String name,
        Kind kind,
        int elementOid,
        char delimiter,
        List<Field> fields,
        List<String> labels) {

    /** The schema of the built-in types. */
    public static final String CATALOG = "pg_catalog";

    private static final String PUBLIC = "public";

    /** What a type is made of. */
    public enum Kind {
        /** Nothing else: it has its own input and output functions. */
        BASE,
        /** Elements of another type, in up to six dimensions. */
        ARRAY,
        /** Fields, each of its type. */
        COMPOSITE,
        /** Two bounds of another type. */
        RANGE,
        /** Ranges. */
        MULTIRANGE,
        /** Labels. */
        ENUM,
        /** Another type, with constraints. */
        DOMAIN
    }

    /**
     * A field of a composite type.
     *
     * @param name its name
     * @param typeOid its type
     */
    public record Field(String name, int typeOid) {}

    /** Refuses a type that is made of itself, and one that lacks what its kind is made of. */
    public PgType {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        fields = List.copyOf(fields);
        labels = List.copyOf(labels);
        boolean made = kind == Kind.ARRAY || kind == Kind.RANGE || kind == Kind.MULTIRANGE || kind == Kind.DOMAIN;
        if (oid == 0 || made != (elementOid != 0)) {
            throw new IllegalArgumentException("a " + kind + " type with the OID " + Integer.toUnsignedString(oid)
                    + " and the element " + Integer.toUnsignedString(elementOid) + " does not exist");
        }
        if (elementOid == oid || fields.stream().anyMatch(field -> field.typeOid() == oid)) {
            throw new IllegalArgumentException("the type " + name + " is made of itself");
        }
    }

    /** Returns a base type in the schema {@code public}. */
    public static PgType base(int oid, String name) {
        return of(oid, name, Kind.BASE, 0);
    }

    /** Returns the array type of an element, in the schema {@code public}. */
    public static PgType array(int oid, String name, int elementOid) {
        return of(oid, name, Kind.ARRAY, elementOid);
    }

    /** Returns a composite type in the schema {@code public}. */
    public static PgType composite(int oid, String name, List<Field> fields) {
        return new PgType(oid, PUBLIC, name, Kind.COMPOSITE, 0, ',', fields, List.of());
    }

    /** Returns the range type of a subtype, in the schema {@code public}. */
    public static PgType range(int oid, String name, int subtypeOid) {
        return of(oid, name, Kind.RANGE, subtypeOid);
    }

    /** Returns the multirange type of a range type, in the schema {@code public}. */
    public static PgType multirange(int oid, String name, int rangeOid) {
        return of(oid, name, Kind.MULTIRANGE, rangeOid);
    }

    /** Returns an enum type in the schema {@code public}. */
    public static PgType enumeration(int oid, String name, List<String> labels) {
        return new PgType(oid, PUBLIC, name, Kind.ENUM, 0, ',', List.of(), labels);
    }

    /** Returns a domain over another type, in the schema {@code public}. */
    public static PgType domain(int oid, String name, int baseOid) {
        return of(oid, name, Kind.DOMAIN, baseOid);
    }

    private static PgType of(int oid, String name, Kind kind, int elementOid) {
        return new PgType(oid, PUBLIC, name, kind, elementOid, ',', List.of(), List.of());
    }

    /** Returns the name, for messages: with its schema unless it is built in. */
    public String displayName() {
        return schema.equals(CATALOG) ? name : schema + "." + name;
    }
}
