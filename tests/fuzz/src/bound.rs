//! A bound that is the same on every machine: how many octets a piece of work asks the allocator for. Work that grows
//! with the square of its input crosses it, however fast the machine is.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

thread_local! {
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, which counts for each thread.
pub struct Counter;

// SAFETY: everything is handed on as it came.
unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // A thread that ends has nothing to count with any more.
        let _ = ALLOCATED.try_with(|sum| sum.set(sum.get() + layout.size()));
        // SAFETY: as it came.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as it came.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Does the work; more than `base` octets and `each` for every octet of the input are a finding.
pub fn bounded<T>(input: &[u8], base: usize, each: usize, work: impl FnOnce() -> T) -> T {
    let before = ALLOCATED.get();
    let done = work();
    let (taken, most) = (ALLOCATED.get() - before, base + each * input.len());
    assert!(taken <= most, "{} octets of input took {taken} octets of memory, more than {most}", input.len());
    done
}
