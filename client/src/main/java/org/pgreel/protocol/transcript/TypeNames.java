package org.pgreel.protocol.transcript;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of the built-in types, whose OIDs are the same in every PostgreSQL; all other types go by their OID.
 *
 * <p>Names are those of {@code pg_type}; an array's begins with {@code _}.
 */
final class TypeNames {
    private static final int VARIABLE = -1;

    /** OID, name, bytes (negative when variable), OID of the array type (0 when there is none). */
    private static final String TABLE = """
            16 bool 1 1000
            17 bytea -1 1001
            18 char 1 1002
            19 name 64 1003
            20 int8 8 1016
            21 int2 2 1005
            22 int2vector -1 1006
            23 int4 4 1007
            24 regproc 4 1008
            25 text -1 1009
            26 oid 4 1028
            27 tid 6 1010
            28 xid 4 1011
            29 cid 4 1012
            30 oidvector -1 1013
            114 json -1 199
            142 xml -1 143
            600 point 16 1017
            601 lseg 32 1018
            602 path -1 1019
            603 box 32 1020
            604 polygon -1 1027
            628 line 24 629
            650 cidr -1 651
            700 float4 4 1021
            701 float8 8 1022
            705 unknown -2 0
            718 circle 24 719
            774 macaddr8 8 775
            790 money 8 791
            829 macaddr 6 1040
            869 inet -1 1041
            1033 aclitem 12 1034
            1042 bpchar -1 1014
            1043 varchar -1 1015
            1082 date 4 1182
            1083 time 8 1183
            1114 timestamp 8 1115
            1184 timestamptz 8 1185
            1186 interval 16 1187
            1266 timetz 12 1270
            1560 bit -1 1561
            1562 varbit -1 1563
            1700 numeric -1 1231
            1790 refcursor -1 2201
            2202 regprocedure 4 2207
            2203 regoper 4 2208
            2204 regoperator 4 2209
            2205 regclass 4 2210
            2206 regtype 4 2211
            2249 record -1 2287
            2275 cstring -2 1263
            2278 void 4 0
            2279 trigger 4 0
            2950 uuid 16 2951
            2970 txid_snapshot -1 2949
            3220 pg_lsn 8 3221
            3614 tsvector -1 3643
            3615 tsquery -1 3645
            3734 regconfig 4 3735
            3769 regdictionary 4 3770
            3802 jsonb -1 3807
            3838 event_trigger 4 0
            3904 int4range -1 3905
            3906 numrange -1 3907
            3908 tsrange -1 3909
            3910 tstzrange -1 3911
            3912 daterange -1 3913
            3926 int8range -1 3927
            4072 jsonpath -1 4073
            4089 regnamespace 4 4090
            4096 regrole 4 4097
            4191 regcollation 4 4192
            4451 int4multirange -1 6150
            4532 nummultirange -1 6151
            4533 tsmultirange -1 6152
            4534 tstzmultirange -1 6153
            4535 datemultirange -1 6155
            4536 int8multirange -1 6157
            5038 pg_snapshot -1 5039
            5069 xid8 8 271
            """;

    private record Type(int oid, String name, int length) {}

    private static final Map<Integer, Type> BY_OID = new HashMap<>();
    private static final Map<String, Type> BY_NAME = new HashMap<>();

    static {
        for (String row : TABLE.strip().split("\n", -1)) {
            String[] cells = row.strip().split(" ", -1);
            add(new Type(Integer.parseInt(cells[0]), cells[1], Integer.parseInt(cells[2])));
            if (!cells[3].equals("0")) {
                add(new Type(Integer.parseInt(cells[3]), "_" + cells[1], VARIABLE));
            }
        }
    }

    private TypeNames() {}

    private static void add(Type type) {
        BY_OID.put(type.oid(), type);
        BY_NAME.put(type.name(), type);
    }

    /** Returns the type's name, or its OID as an unsigned number. */
    static String nameOf(int oid) {
        Type type = BY_OID.get(oid);
        return type == null ? Integer.toUnsignedString(oid) : type.name();
    }

    /** Returns the OID that a name or number spells. */
    static int oidOf(String spelling, Place place) {
        if (!spelling.isEmpty() && spelling.charAt(0) >= '0' && spelling.charAt(0) <= '9') {
            return place.number(spelling, 0, 0xFFFF_FFFFL);
        }
        Type type = BY_NAME.get(spelling);
        if (type == null) {
            throw place.unknownWord(spelling, "built-in type (others go by their OID)", BY_NAME.keySet());
        }
        return type.oid();
    }

    /** Returns the bytes of a value of the type, −1 when they vary or the type is not built in. */
    static int lengthOf(int oid) {
        Type type = BY_OID.get(oid);
        return type == null ? VARIABLE : type.length();
    }
}
