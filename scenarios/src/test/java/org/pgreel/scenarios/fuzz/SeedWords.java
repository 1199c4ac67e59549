package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgreel.type.Codec;
import org.pgreel.type.TypeRegistry;

/** Seeds that are written by hand. */
final class SeedWords {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("bool", "t"),
            Map.entry("int4", "-42"),
            Map.entry("int8", "9000000000"),
            Map.entry("float8", "1.5e-300"),
            Map.entry("numeric", "-12345.678900"),
            Map.entry("text", "Grüße"),
            Map.entry("bytea", "\\x00ff10"),
            Map.entry("date", "2026-11-21"),
            Map.entry("time", "12:34:56.789"),
            Map.entry("timetz", "12:34:56.789+02"),
            Map.entry("timestamp", "2026-11-21 12:34:56.789"),
            Map.entry("timestamptz", "2026-11-21 12:34:56.789+00"),
            Map.entry("interval", "1 year 2 mons 3 days 04:05:06.7"),
            Map.entry("uuid", "123e4567-e89b-12d3-a456-426614174000"),
            Map.entry("json", "{\"a\": [1, null]}"),
            Map.entry("jsonb", "{\"a\": [1, null]}"),
            Map.entry("inet", "192.168.0.1/24"),
            Map.entry("cidr", "2001:db8::/32"),
            Map.entry("macaddr", "08:00:2b:01:02:03"),
            Map.entry("bit", "101"),
            Map.entry("varbit", "10101"),
            Map.entry("point", "(1,2)"),
            Map.entry("path", "((1,2),(3,4))"),
            Map.entry("polygon", "((1,2),(3,4),(5,6))"),
            Map.entry("tsvector", "'a':1A,2 'b'"),
            Map.entry("tsquery", "'a':* & !( 'b' | 'c' )"),
            Map.entry("pg_lsn", "16/B374D848"),
            Map.entry("int4range", "[1,10)"),
            Map.entry("int4multirange", "{[1,3),[5,8)}"),
            Map.entry("_int4", "[0:1]={1,NULL}"),
            Map.entry("_text", "{\"a,b\",\"c\\\"d\",NULL}"),
            Map.entry("hstore", "\"a\"=>\"1\", \"b\"=>NULL"),
            Map.entry("ltree", "top.science"),
            Map.entry("vector", "[1,2.5,-3]"),
            Map.entry("sparsevec", "{1:1.5,3:2}/5"),
            Map.entry("pair", "(1,\"a \"\"b\"\"\")"),
            Map.entry("_pair", "{\"(1,a)\",\"(,)\"}"),
            Map.entry("txid_snapshot", "10:20:10,14"));

    private SeedWords() {}

    static Map<String, Map<String, byte[]>> all() {
        return Map.of(
                "connection-string", connectionStrings(),
                "redaction-rules", Map.of("rules", text("""
                        rules:
                          - name: e-mail of customers
                            statement: "customers"
                            columns: [email]
                          - name: new customers
                            statement: "(?i)^insert into customers"
                            parameters: ["3"]
                          - name: keys
                            types: [uuid]
                          - name: cards
                            regex: "\\\\b\\\\d{16}\\\\b"
                        """)),
                "volatility", Map.of("statements", text("""
                        statement "insert into orders (customer,placed_at,id) values ($1,$2,$3)" $2=<timestamp:v2> $3=<uuid:v3>
                        unordered "insert into item (name,order_id) values ($1,$2)" $2=<uuid:v3>
                        statement "update lock set by = '"<text>"', n = "<digits>""
                        """)),
                "sasl", sasl(),
                "types", types());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> connectionStrings() {
        return Map.of(
                "uri", text("postgresql://alice:s%20cret@[::1]:5433,db.example/shop?sslmode=require&connect_timeout=3"),
                "keywords", text("host=db,other port=5432,5433 dbname='my db' user=al\\'ice target_session_attrs=any"),
                "options",
                        text(
                                "host=/tmp options='-c geqo=off' application_name=x sslnegotiation=direct sslmode=require"),
                "address",
                        text(
                                "hostaddr=127.0.0.1 keepalives=1 keepalives_idle=5 tcp_user_timeout=100 gssencmode=disable"));
    }

    private static Map<String, byte[]> sasl() {
        return Map.of(
                "server-first", text("\0r=clientserver,s=AQIDBA==,i=4096\0v=AAAA"),
                "server-error", text("\2r=clientserver,s=AQIDBA==,i=1\0e=other-error"),
                "client-first", text("\3n,,n=,r=client\0c=biws,r=clientserver,p=AAAA"),
                "client-bound", text("\4p=tls-server-end-point,,n=,r=client\0c=cD10bHM=,r=clientserver,p=AAAA"),
                "client-unbound", text("\5y,,n=,r=client\0c=eSws,r=clientserver,p=AAAA"),
                "oauth", text("\6{\"status\":\"invalid_token\",\"scope\":\"openid\",\"more\":[1,{\"a\":null}]}"),
                "password", text("\7I\u00ADX \u00AA \u2168"));
    }

    private static Map<String, byte[]> types() {
        var inputs = new LinkedHashMap<String, byte[]>();
        for (int index = 0; index < TypesTarget.OIDS.size(); index++) {
            int oid = TypesTarget.OIDS.get(index);
            String name = TypesTarget.REGISTRY.type(oid).orElseThrow().name();
            String value = VALUES.get(name);
            if (value != null && index <= 0xFF) {
                inputs.put(name + "-text", headed(index, 1, text(value)));
                binary(oid, value, name, index, inputs);
            }
        }
        return inputs;
    }

    private static void binary(int oid, String text, String name, int index, Map<String, byte[]> inputs) {
        Codec<?> codec = TypesTarget.REGISTRY.codec(oid);
        byte[] bytes = text(text);
        Object value = TypeRegistry.decode(codec, false, bytes, 0, bytes.length);
        var encoded = TypesTarget.REGISTRY.encode(value, oid);
        if (encoded.binary()) {
            inputs.put(name + "-binary", headed(index, 0, encoded.bytes().toArray()));
        }
    }

    private static byte[] headed(int index, int format, byte[] value) {
        var input = new ByteArrayOutputStream();
        input.write(index);
        input.write(format);
        input.writeBytes(value);
        return input.toByteArray();
    }
}
