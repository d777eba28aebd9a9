/** A system cannot be measured here, for example because a tool is missing. */
final class Skipped extends Exception {

    private static final long serialVersionUID = 1;

    Skipped(String why) {
        super(why);
    }
}
