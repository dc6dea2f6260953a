package io.millrace.bench;

/** How properties are kept, and hence asked for. */
enum PropertyForm {
    TEXT_MAP("properties['%s']", "toInt64OrZero(properties['%s'])") {
        @Override
        String columns(String properties) {
            return "* REPLACE(" + properties + " AS properties)";
        }
    },

    /**
     * From the JSON that was sent: numbers, true and false bare, as the demo traffic has them. Asked in the fastest way,
     * which has to know the type of the values.
     */
    JSON("ifNull(properties.`%s`.:String, '')", "ifNull(properties.`%s`.:Int64, 0)") {
        @Override
        String columns(String properties) {
            return """
                    * REPLACE(arrayStringConcat(['{', arrayStringConcat(arrayMap((k, v) -> concat(toJSONString(k), ':', \
                    if(match(v, '^([0-9]+|true|false)$'), v, toJSONString(v))), mapKeys(%1$s), mapValues(%1$s)), ','), \
                    '}']) AS properties)""".formatted(properties);
        }
    };

    private final String text;
    private final String number;

    PropertyForm(String text, String number) {
        this.text = text;
        this.number = number;
    }

    /** What to select so that it can be inserted into a table of this form. */
    abstract String columns(String properties);

    /** How many events have that text under that key. */
    String filter(String key, String value) {
        return "SELECT count() FROM %s WHERE " + text.formatted(key) + " = '" + value + "'";
    }

    /** For each text under one key, how many events have it and the sum of the numbers under another. */
    String group(String key, String summedKey) {
        return "SELECT " + text.formatted(key) + " AS k, count(), sum(" + number.formatted(summedKey)
                + ") FROM %s GROUP BY k ORDER BY k";
    }
}
