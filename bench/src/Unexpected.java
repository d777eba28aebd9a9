/** A round with answers that it must not have: its figures are no measure of anything. */
final class Unexpected extends Exception {

    private static final long serialVersionUID = 1;

    Unexpected(String what) {
        super(what);
    }
}
