/** Stands in for a plugin of the Markdown reader that is left out. */
export default null;
