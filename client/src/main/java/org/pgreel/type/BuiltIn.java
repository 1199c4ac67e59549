package org.pgreel.type;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types that every PostgreSQL has, whose OIDs never change ({@code pg_type.dat} in its sources). */
final class BuiltIn {
    private static final int NUMERIC = 1700;

    /** OID, name and OID of the array type. */
    private static final String BASE = """
            16 bool 1000
            17 bytea 1001
            18 char 1002
            19 name 1003
            20 int8 1016
            21 int2 1005
            22 int2vector 1006
            23 int4 1007
            24 regproc 1008
            25 text 1009
            26 oid 1028
            27 tid 1010
            28 xid 1011
            29 cid 1012
            30 oidvector 1013
            114 json 199
            142 xml 143
            194 pg_node_tree 0
            600 point 1017
            601 lseg 1018
            602 path 1019
            603 box 1020
            604 polygon 1027
            628 line 629
            650 cidr 651
            700 float4 1021
            701 float8 1022
            705 unknown 0
            718 circle 719
            774 macaddr8 775
            790 money 791
            829 macaddr 1040
            869 inet 1041
            1033 aclitem 1034
            1042 bpchar 1014
            1043 varchar 1015
            1082 date 1182
            1083 time 1183
            1114 timestamp 1115
            1184 timestamptz 1185
            1186 interval 1187
            1266 timetz 1270
            1560 bit 1561
            1562 varbit 1563
            1700 numeric 1231
            1790 refcursor 2201
            2202 regprocedure 2207
            2203 regoper 2208
            2204 regoperator 2209
            2205 regclass 2210
            2206 regtype 2211
            2249 record 2287
            2275 cstring 1263
            2278 void 0
            2950 uuid 2951
            2970 txid_snapshot 2949
            3220 pg_lsn 3221
            3614 tsvector 3643
            3615 tsquery 3645
            3734 regconfig 3735
            3769 regdictionary 3770
            3802 jsonb 3807
            4072 jsonpath 4073
            4089 regnamespace 4090
            4096 regrole 4097
            4191 regcollation 4192
            5038 pg_snapshot 5039
            5069 xid8 271
            """;

    /** OID, name and OID of the array type of a range and of its multirange, and OID of the subtype. */
    private static final String RANGES = """
            3904 int4range 3905 4451 int4multirange 6150 23
            3906 numrange 3907 4532 nummultirange 6151 1700
            3908 tsrange 3909 4533 tsmultirange 6152 1114
            3910 tstzrange 3911 4534 tstzmultirange 6153 1184
            3912 daterange 3913 4535 datemultirange 6155 1082
            3926 int8range 3927 4536 int8multirange 6157 20
            """;

    private BuiltIn() {}

    static TypeRegistry registry() {
        Map<Integer, PgType> types = new LinkedHashMap<>();
        BASE.lines().forEach(line -> base(types, line.split(" ")));
        RANGES.lines().forEach(line -> ranges(types, line.split(" ")));
        var registry = new TypeRegistry(types, new HashMap<>(), new HashMap<>());
        // The standard codecs first: parameters of a class are of the type whose standard it is.
        for (BuiltInCodecs.Entry entry : BuiltInCodecs.ALL) {
            registry = registry.with(entry.typeOid(), entry.codecs().get(0));
        }
        for (BuiltInCodecs.Entry entry : BuiltInCodecs.ALL) {
            for (Codec<?> codec : entry.codecs().subList(1, entry.codecs().size())) {
                registry = registry.with(entry.typeOid(), codec);
            }
        }
        return registry.withParameterType(BigInteger.class, NUMERIC);
    }

    private static void base(Map<Integer, PgType> types, String[] columns) {
        int oid = Integer.parseInt(columns[0]);
        char delimiter = columns[1].equals("box") ? ';' : ',';
        add(types, oid, columns[1], PgType.Kind.BASE, 0, delimiter);
        array(types, columns[2], columns[1], oid);
    }

    private static void ranges(Map<Integer, PgType> types, String[] columns) {
        int range = Integer.parseInt(columns[0]);
        int multirange = Integer.parseInt(columns[3]);
        add(types, range, columns[1], PgType.Kind.RANGE, Integer.parseInt(columns[6]), ',');
        array(types, columns[2], columns[1], range);
        add(types, multirange, columns[4], PgType.Kind.MULTIRANGE, range, ',');
        array(types, columns[5], columns[4], multirange);
    }

    private static void array(Map<Integer, PgType> types, String oid, String element, int elementOid) {
        if (!oid.equals("0")) {
            add(types, Integer.parseInt(oid), "_" + element, PgType.Kind.ARRAY, elementOid, ',');
        }
    }

    private static void add(
            Map<Integer, PgType> types, int oid, String name, PgType.Kind kind, int elementOid, char delimiter) {
        types.put(oid, new PgType(oid, PgType.CATALOG, name, kind, elementOid, delimiter, List.of(), List.of()));
    }
}
