//! The Python face of gongwen.
